/// What the answers of an operation depend on, besides the address: how a repeated question is answered with 304.
enum Caching: Sendable {
    /// On the archive and nothing else. While nothing was committed, the answer is the same, and need not be made again to know it.
    case archive
    /// On the time, or on who asks. The answer is made every time and compared.
    case content
}
