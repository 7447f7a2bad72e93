import AWS
import Testing

@Suite("Credentials of AWS")
struct AWSCredentialsTests {
    @Test("However they are printed, no secret shows")
    func silence() {
        let credentials = AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "planted-1", sessionToken: "planted-2")
        var dumped = ""
        dump(credentials, to: &dumped)
        for text in ["\(credentials)", String(reflecting: credentials), dumped] {
            #expect(text.contains("AKIDEXAMPLE"))
            #expect(!text.contains("planted"))
        }
    }
}
