import Foundation

/// Prints a line at once, also where standard output is a file or a pipe that somebody waits on.
func say(_ line: String) {
    print(line)
    fflush(nil)
}
