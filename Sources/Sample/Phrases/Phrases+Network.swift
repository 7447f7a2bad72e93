extension Phrases {
    static let nodes = """
        = nodes@teammate
        Two of our four seed nodes are down since {hour}. The network is fine, first syncs are slow. Working on it.
        All seed nodes are back. Cause: a full disk. Yes, really. Alerts added.
        Testnet forks at block {block}. If your testnet node complains, that is expected.
        There are {big} reachable nodes this morning, {number} more than last week. {emoji}
        Orphan rate fell to {percent} after {version}. Short write-up: {link}
        = nodes@ecosystem
        We added nodes in {place} and {place}. Public endpoint: {link}
        Incident: our {place} relay lagged by {number} blocks between {hour} and now. Resolved.
        Status: {big} nodes seen, {percent} on {version}, median block time 74 s.
        Free node setup guide for {device}, updated for {version}: {link}
        = nodes
        my node on {device} has been up for {number} weeks
        node number {number} of our hackerspace is online {emoji}
        {ms} ms to the nearest peer, who runs the one in {place}? thanks!
        Disk usage after {version}: {number} GB. Pruned: a third of that.
        pruned node or full node for {device}?
        electricity for my node costs less than my coffee
        Port 18744 open, {number} peers, happy
        "have you tried turning it off and on again" worked on a consensus client, science is dead
        Block {block} took eleven minutes, everybody awake?
        {viewer} and {viewer} disagree about the height by {number} blocks {emoji}
        Running a node over satellite from a boat near {place}. It works. Slowly.
        """
    static let mining = """
        = mining@ecosystem
        Pool update: payouts now every {number} hours, fee stays at {percent}.
        We found block {block}. {emoji} {number} miners share it.
        Please spread out: we are close to {percent} of the hash rate and do not want more. Other pools: {link}
        = mining
        found my first block ever on {device}, block {block}. framed it
        {pool} pays on time, that is all I ask
        hash rate {change} this week, anyone knows why?
        Mining with {device} is not about money, it's about heating the cellar.
        {pool} has {percent} of the hash rate. Move, please.
        my share: {number} fronds per day. retirement secured
        Difficulty adjusts at block {block}, expect slow blocks until then.
        fans at 100 %, cat asleep on top of it, {ms} ms latency, life is good
        """
    static let research = """
        = research@teammate
        New preprint with colleagues: {concept} under a global passive observer. Comments welcome. {link}
        We measured {concept} on {big} real transactions. Results are worse than I hoped and better than I feared: {link}
        Proof size down by {percent} in the prototype. Not in a release before summer.
        = research@ecosystem
        Weekly anonymity-set report: median {big}, {change} against last week. Data: {link}
        We simulated {big} wallets to test {concept}. One surprise: timing matters more than amounts.
        Open data set: {number} months of block propagation times, CSV, public domain. {link}
        Heuristic study: {percent} of transparent withdrawals are linkable within a day. Use the veil pool.
        = research@influencer
        Best explanation of {concept} that I have read so far, and it has pictures: {link}
        Before you share that paper on {concept}: it assumes an attacker who sees {percent} of all nodes. Page {number}.
        = research
        reading about {concept} on the train, missed my stop
        is there a proof of {concept} that does not need a pairing?
        The appendix of the {concept} paper is where the bodies are buried: {link}
        Implemented {concept} in {number} lines of Python for my students. Slow and beautiful.
        table {number} in the preprint has a typo, percent and permille swapped
        Anyone has a good bibliography on {concept}?
        Seminar on {weekday}: {concept}, from scratch, whiteboard only.
        Zero-knowledge proofs explained with a colour-blind friend and two billiard balls still works best.
        """
}
