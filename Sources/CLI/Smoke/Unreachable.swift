import AsyncHTTPClient
import Foundation
import NIOCore
import NIOPosix
import NIOSSL

/// Why a server is not reached, for people.
enum Unreachable {
    /// Nil for an error of something else.
    static func reason(_ error: any Error, at address: String) -> String? {
        let parts = URLComponents(string: address)
        let host = parts?.host ?? ""
        let place = "\(host):\(parts?.port ?? (parts?.scheme == "https" ? 443 : 80))"
        switch error {
        case let error as NIOConnectionError:
            guard let first = error.connectionErrors.first?.error else { return "There is no host \(host)." }
            return reason(first, at: address)
        case let error as IOError where error.errnoCode == ECONNREFUSED:
            return "nobody listens at \(place). Is the server running, and is that its port?"
        case let error as IOError: return "\(place) cannot be reached: \(String(cString: strerror(error.errnoCode)))"
        case let error as HTTPClientError where error == .connectTimeout: return "\(place) does not answer."
        case let error as NIOSSLExtraError where error == .failedToValidateHostname:
            return "The certificate that \(place) shows is not for \(host)."
        case NIOSSLError.handshakeFailed(.sslError(let stack)) where stack.contains(where: isUntrusted):
            return "The certificate of \(place) is not trusted. Name the file of its authority with --ca."
        default: return nil
        }
    }

    /// The code of the error is private to NIOSSL; its name is BoringSSL's.
    private static func isUntrusted(_ error: BoringSSLInternalError) -> Bool { error.description.contains("CERTIFICATE_VERIFY_FAILED") }
}
