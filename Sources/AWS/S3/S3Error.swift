/// Why an object was not fetched or stored.
public struct S3Error: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Reason: Hashable, Sendable {
        case noSuchKey, noSuchBucket, accessDenied, clockSkew, expiredToken, wrongRegion
        /// Nothing answers, or not for long enough, or S3 says that it cannot now: trying again may help.
        case unavailable
        case noCredentials
        /// The object has more bytes than the caller takes.
        case tooLarge
        /// The disk has no room for it.
        case noSpace
        /// The file on this machine cannot be read or written.
        case file
        /// What S3 does not say in any of the ways above.
        case refused
    }

    public let reason: Reason
    /// What failed with which object, and what to do; never a secret.
    public let description: String

    init(_ reason: Reason, _ description: String) {
        self.reason = reason
        self.description = description
    }
}

extension S3Error {
    /// What S3 means by `answer`, which is XML with a code and a message.
    ///
    /// - Parameter place: `s3://BUCKET/KEY`, for the sentence.
    init(status: Int, answer: String, place: String, region: String) {
        let code = Self.element("Code", of: answer) ?? ""
        let message = Self.element("Message", of: answer) ?? ""
        switch code {
        case "NoSuchKey": self.init(.noSuchKey, "\(place) does not exist.")
        case "NoSuchBucket": self.init(.noSuchBucket, "\(place): there is no bucket of this name.")
        case "RequestTimeTooSkewed": self.init(clockSkewAt: place)
        // A presigned address is good for minutes: here it is outlived, or not yet begun, by a clock that is wrong.
        case "AccessDenied" where ["expired", "not yet valid", "not valid yet"].contains(where: message.contains):
            self.init(clockSkewAt: place)
        case "ExpiredToken", "TokenRefreshRequired":
            self.init(.expiredToken, "\(place): the credentials have expired. They come with the role; start the program anew.")
        case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException", "TemporaryRedirect":
            self.init(wrongRegion: region, at: place, answer)
        case "AuthorizationQueryParametersError" where message.contains("region"): self.init(wrongRegion: region, at: place, answer)
        case "AccessDenied", "AllAccessDisabled", "InvalidAccessKeyId", "InvalidToken", "SignatureDoesNotMatch":
            // S3 says this of a missing object too, to who may not list the bucket.
            self.init(.accessDenied, "\(place): access denied (\(code)). Does the role have the right, and does the object exist?")
        case _ where status >= 500 || status == 429 || code == "SlowDown":
            self.init(.unavailable, "\(place): S3 cannot serve it now (status \(status)). Try again.")
        case "" where status == 404: self.init(.noSuchKey, "\(place) does not exist.")
        case "" where status == 403: self.init(.accessDenied, "\(place): access denied.")
        case "" where status == 301 || status == 307: self.init(wrongRegion: region, at: place, answer)
        default: self.init(.refused, "\(place): S3 refused with status \(status)\(code.isEmpty ? "" : " and \(code)").")
        }
    }

    private init(clockSkewAt place: String) {
        self.init(.clockSkew, "\(place): S3 refuses the signature for its time. Is the clock of this machine right?")
    }

    private init(wrongRegion region: String, at place: String, _ answer: String) {
        let right = Self.element("Region", of: answer).map { " but in \($0)" } ?? ""
        self.init(.wrongRegion, "\(place): the bucket is not in the region \(region)\(right). Set AWS_REGION to the bucket's region.")
    }

    private static func element(_ name: String, of xml: String) -> String? {
        guard let start = xml.firstRange(of: "<\(name)>")?.upperBound, let end = xml[start...].firstRange(of: "</\(name)>")?.lowerBound
        else { return nil }
        // It goes into a line of the log.
        return String(xml[start..<end].prefix(200).filter { $0.isASCII && !$0.isNewline })
    }
}
