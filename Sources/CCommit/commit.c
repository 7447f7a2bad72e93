#include "commit.h"

const char *xmonitor_commit(void) { return XMONITOR_COMMIT; }
