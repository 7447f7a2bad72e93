extension Pool {
    /// How many connections a pool keeps, and for how long.
    public struct Options: Sendable {
        /// As many connections are kept open even when nobody uses them.
        public var minimum: Int
        /// More connections are never open at once; at least 1.
        public var maximum: Int
        /// How long a lease waits for a connection before it throws `.poolTimeout`.
        public var waitTimeout: Duration
        /// A connection beyond `minimum` nobody has used for so long is closed.
        public var idleTimeout: Duration
        /// A connection this old is closed when it is not in use.
        public var maxLifetime: Duration
        /// A connection nobody has used for so long must answer a round trip before it is leased again.
        public var healthCheckAfterIdle: Duration
        /// A connection that has not answered by then is taken for dead, and replaced.
        public var healthCheckTimeout: Duration

        /// Defaults for a service beside its database.
        public init(
            minimum: Int = 0, maximum: Int = 10, waitTimeout: Duration = .seconds(2), idleTimeout: Duration = .seconds(60),
            maxLifetime: Duration = .seconds(3600), healthCheckAfterIdle: Duration = .seconds(10),
            healthCheckTimeout: Duration = .seconds(2)
        ) {
            self.minimum = minimum
            self.maximum = max(1, maximum)
            self.waitTimeout = waitTimeout
            self.idleTimeout = idleTimeout
            self.maxLifetime = maxLifetime
            self.healthCheckAfterIdle = healthCheckAfterIdle
            self.healthCheckTimeout = healthCheckTimeout
        }
    }

    /// A glance at a pool.
    public struct Statistics: Sendable, Hashable {
        /// Connections open or being opened, in use or not.
        public let open: Int
        /// Connections nobody uses.
        public let idle: Int
        /// Leases waiting for a connection.
        public let waiting: Int
    }
}
