extension String {
    /// Byte by byte: `==` holds texts to be equal that Unicode calls canonically equivalent.
    func hasSameBytes(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
