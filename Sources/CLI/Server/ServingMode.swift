/// How the program that serves the archive lives.
enum ServingMode {
    /// It runs all the time, and answers many requests at once.
    case process
    /// It answers one request at a time, and may be frozen after each answer, for any time and for good.
    case function
}
