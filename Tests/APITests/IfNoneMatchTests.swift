import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import API

@Suite struct IfNoneMatchTests {
    private func condition(_ lines: String...) -> IfNoneMatch? {
        var fields = HTTPFields()
        for line in lines { fields.append(HTTPField(name: .ifNoneMatch, value: line)) }
        return IfNoneMatch(
            Request(
                head: HTTPRequest(method: .get, scheme: "http", authority: "test", path: "/", headerFields: fields),
                body: RequestBody(buffer: ByteBuffer())))
    }

    @Test func tagsAreComparedWeakly() throws {
        let tag = EntityTag(of: Array("an answer".utf8))
        let strong = String(tag.text.dropFirst(2))
        for list in [tag.text, strong, "W/\"a\", \(strong)", "\(tag.text),\"b\"", " \(tag.text) ,", ",,\(strong)", "\"a,b\" , \(strong)"] {
            #expect(try #require(condition(list)).includes(tag), "\(list)")
        }
        #expect(try #require(condition("\"a\"", tag.text)).includes(tag))
        #expect(try #require(condition("*")).includes(tag))
        for list in ["\"\"", "\"a, \(tag.text.dropFirst(3))", "W/\"\(tag.text.dropFirst(3).dropLast())x\""] {
            #expect(condition(list)?.includes(tag) != true, "\(list)")
        }
    }

    @Test(arguments: [
        "", " ", ",", "a", "\"", "\"a", "a\"", "W/", "w/\"a\"", "W/ \"a\"", "\"a\" \"b\"", "\"a\"x", "*, \"a\"", "\"a\", *", "**",
    ])
    func whatIsNoListOfTagsIsNoCondition(text: String) { #expect(condition(text) == nil) }

    @Test func noHeaderIsNoCondition() { #expect(condition() == nil) }

    @Test func differentBytesHaveDifferentTags() {
        let tags = Set((0..<10_000).map { EntityTag(of: Array("\($0)".utf8)) })
        #expect(tags.count == 10_000)
        #expect(EntityTag(of: [UInt8]()) == EntityTag(of: [UInt8]()))
    }
}
