import Foundation

/// Why Foundation could not do something with a file, in the words of the system: `Permission denied`, without a period.
func systemReason(_ error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    let code = [underlying, error as NSError].lazy.compactMap { $0 }.first { $0.domain == NSPOSIXErrorDomain }?.code
    let isForbidden = [.fileWriteNoPermission, .fileReadNoPermission].contains((error as? CocoaError)?.code)
    guard let number = code.map(Int32.init) ?? (isForbidden ? EACCES : nil) else { return error.localizedDescription }
    return String(cString: strerror(number))
}
