#pragma once

/// The commit that the program was built from, as `git describe` has it; "unknown" where the build was not told.
const char *_Nonnull xmonitor_commit(void);
