import NIOCore
import NIOEmbedded
import Testing

@testable import API

@Suite struct ReaderProgressTests {
    /// A channel that takes nothing unless it is told to, on a clock of its own.
    private func channel(
        _ loop: EmbeddedEventLoop, _ unsent: UnsentBytes, waiting bytes: Int, patience: TimeAmount = .seconds(30)
    ) throws -> EmbeddedChannel {
        let channel = EmbeddedChannel(handler: ReaderProgress(patience: patience, unsent: unsent), loop: loop)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        wait(channel, bytes)
        return channel
    }

    private func wait(_ channel: EmbeddedChannel, _ bytes: Int) {
        for _ in 0..<bytes / 1_024 { channel.write(ByteBuffer(repeating: 0, count: 1_024), promise: nil) }
        channel.isWritable = false
        channel.pipeline.fireChannelWritabilityChanged()
    }

    @Test func whoTakesNothingIsLetGoAfterThePeriod() throws {
        let loop = EmbeddedEventLoop()
        let channel = try channel(loop, UnsentBytes(), waiting: 1 << 20)
        loop.advanceTime(by: .seconds(29))
        #expect(channel.isActive)
        loop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
    }

    @Test func whoTakesAllInTimeStays() throws {
        let loop = EmbeddedEventLoop()
        let channel = try channel(loop, UnsentBytes(), waiting: 1 << 20)
        for _ in 0..<5 {
            loop.advanceTime(by: .seconds(29))
            channel.flush()
            channel.isWritable = true
            channel.pipeline.fireChannelWritabilityChanged()
            loop.advanceTime(by: .hours(1))
            #expect(channel.isActive)
            wait(channel, 1 << 20)
        }
    }

    @Test(arguments: [TimeAmount.seconds(1), .milliseconds(30_500), .minutes(5), .hours(1)])
    func itLooksAtLeastOnceASecondAndLetsGoAfterThePeriod(_ patience: TimeAmount) throws {
        let loop = EmbeddedEventLoop()
        let unsent = UnsentBytes()
        let beyondTheBound = try channel(loop, unsent, waiting: 65 << 20, patience: patience)
        loop.advanceTime(by: .seconds(1))
        #expect(!beyondTheBound.isActive)
        let reader = try channel(loop, unsent, waiting: 2 << 20, patience: patience)
        loop.advanceTime(by: patience - .milliseconds(1))
        #expect(reader.isActive)
        loop.advanceTime(by: .milliseconds(1))
        #expect(!reader.isActive)
    }

    @Test func readersWhoTakeNothingHaveABoundInBytesTogether() throws {
        let loop = EmbeddedEventLoop()
        let unsent = UnsentBytes()
        let readers = try (0..<40).map { _ in try channel(loop, unsent, waiting: 2 << 20) }
        loop.advanceTime(by: .seconds(1))
        // 64 MiB.
        #expect(readers.count(where: \.isActive) == 32)
        #expect(!unsent.areTooMany)
        loop.advanceTime(by: .seconds(20))
        #expect(readers.count(where: \.isActive) == 32)
        for reader in readers where reader.isActive { _ = try reader.finish() }
        _ = try channel(loop, unsent, waiting: 33 << 20)
        #expect(!unsent.areTooMany)
    }
}
