/// The OID of a built-in type; these never change between servers.
///
/// Source: `src/include/catalog/pg_type.dat` of Postgres.
struct OID: RawRepresentable, Hashable, Sendable {
    let rawValue: UInt32

    static let bool = OID(rawValue: 16)
    static let name = OID(rawValue: 19)
    static let int8 = OID(rawValue: 20)
    static let int2 = OID(rawValue: 21)
    static let int4 = OID(rawValue: 23)
    static let text = OID(rawValue: 25)
    static let json = OID(rawValue: 114)
    static let bpchar = OID(rawValue: 1042)
    static let varchar = OID(rawValue: 1043)
    static let timestamptz = OID(rawValue: 1184)
    static let jsonb = OID(rawValue: 3802)

    static let boolArray = OID(rawValue: 1000)
    static let nameArray = OID(rawValue: 1003)
    static let int2Array = OID(rawValue: 1005)
    static let int4Array = OID(rawValue: 1007)
    static let textArray = OID(rawValue: 1009)
    static let bpcharArray = OID(rawValue: 1014)
    static let varcharArray = OID(rawValue: 1015)
    static let int8Array = OID(rawValue: 1016)
    static let timestamptzArray = OID(rawValue: 1185)
    static let jsonbArray = OID(rawValue: 3807)
}

extension OID: CustomStringConvertible {
    /// Names for messages. Types that this program reads, and types it may meet instead.
    private static let names: [OID: String] = [
        .bool: "bool", .name: "name", .int8: "int8", .int2: "int2", .int4: "int4", .text: "text", .json: "json", .bpchar: "bpchar",
        .varchar: "varchar", .timestamptz: "timestamptz", .jsonb: "jsonb", .boolArray: "bool[]", .nameArray: "name[]",
        .int2Array: "int2[]", .int4Array: "int4[]", .textArray: "text[]", .bpcharArray: "bpchar[]", .varcharArray: "varchar[]",
        .int8Array: "int8[]", .timestamptzArray: "timestamptz[]", .jsonbArray: "jsonb[]",
        OID(rawValue: 26): "oid", OID(rawValue: 700): "float4", OID(rawValue: 701): "float8", OID(rawValue: 1082): "date",
        OID(rawValue: 1114): "timestamp", OID(rawValue: 1186): "interval", OID(rawValue: 1700): "numeric",
        OID(rawValue: 2278): "void", OID(rawValue: 2950): "uuid",
    ]

    /// The type's name as Postgres writes it, or `oid 12345` for a type that is not in the list.
    var description: String { Self.names[self] ?? "oid \(rawValue)" }
}
