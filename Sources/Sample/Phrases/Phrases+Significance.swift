extension Phrases {
    static let significance = """
        = why.release
        Release announced by the team
        Upgrade deadline: old nodes stop at a known block
        Release coverage with wide reach
        Regression reported right after the release of {version}
        = why.security
        Exploit rumour about {concept}, spreading
        Official answer to a security report
        Withdrawals paused because of a security report
        Phishing or fake app aimed at our users
        = why.exchange
        Listing or delisting on an exchange
        Exchange changes its confirmations or limits for $FVL
        Deposits or withdrawals paused
        = why.criticism
        Criticism from an account with reach; needs an answer
        Doubts about {concept} with public numbers
        Partner complains about a breaking change
        = why.governance
        Vote on {fip}: result or deadline
        Influential opinion on an open vote
        = why.regulation
        Regulation that could touch listings
        Exchange reacts to new rules
        = why.nodes
        Outage of seed nodes or relays
        Network health figures from the team
        = why.research
        New research about our privacy guarantees
        Measured anonymity set differs from ours
        = why.support
        Several users with the same failure
        Withdrawals delayed at a partner
        = why.price
        Unusual price move with attention
        = why.other
        Team statement worth amplifying
        High engagement for this author
        Direct question to the team by an account with reach
        Partner news: {feature}
        Mentioned by several watched accounts within an hour
        = why.world
        Coverage in another language, unusual reach
        Question from a new region, many likes
        """
    static let ancient = """
        = ancient
        testing this thing. does anybody read it?
        idea: digital cash that forgets. someone should write that down
        reading old papers about anonymous remailers, coffee is cold
        """
}
