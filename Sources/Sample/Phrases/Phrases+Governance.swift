extension Phrases {
    static let governance = """
        = governance@teammate
        {fip} is open for comments until {weekday}. It changes {concept}. Please read it before you vote: {link}
        Result: {fip} accepted with {percent}. It activates at block {block}.
        Minutes of the developer call: {fip} moves on, the fee change waits. {link}
        Budget for the next quarter is public. {number} items, each with a name next to it.
        = governance@influencer
        Read {fip}. Vote yes on {concept}, but ask why the grace period is only {number} days.
        Turnout on {fip} is {percent}. Every "community decision" should print that number in bold.
        {fip} is the most important vote of the year and it has {number} comments. Go.
        = governance
        voted yes on {fip}
        voted no on {fip}, {concept} isn't ready
        {fip} is {number} pages, can someone give me the short version
        who gets to vote on {fip}? nodes? holders? vibes?
        I changed my mind on {fip} after reading {handle}'s comment
        Grant report is late again. {fip} would fix that.
        the call about {fip} was the first governance meeting I enjoyed {emoji}
        {fip}: {percent} yes at block {block}, still {number} days to go
        """
    static let regulation = """
        = regulation@teammate
        Our answer to the consultation on travel-rule data is online, {number} pages, all of it public: {link}
        View keys exist so that you can show what you choose to whom you choose. That's the whole position.
        = regulation@influencer
        The draft bans "anonymity-enhancing coins" on custodial services from next year. Page {number}, second paragraph. Read it.
        Everybody quotes the draft, nobody links it. Here: {link}
        A ban on privacy tools is a ban on closed curtains.
        = regulation@ecosystem
        Following the new rules we ask for the origin of $FVL deposits above {big} EUR from {weekday} on.
        Statement on the delisting rumours: we have received no such request and keep $FVL.
        = regulation
        my bank asked me what a fernveil is. I said a plant. which is true
        so I may own cash but not digital cash, got it
        Wrote to my representative about the draft. Template here if you want it: {link}
        regulators discovering {concept} in {year}, adorable
        {market} will follow whatever the draft says within a week, mark my words
        Lawyer friend says the draft is not even final. Sleep well.
        Privacy is normal. That's the tweet. {tag}
        """
    static let privacy = """
        = privacy@teammate
        Default settings are policy. That is why {feature} is not a checkbox any more.
        A reminder of what Fernveil does not hide: that you use it. For that you need Tor, and patience.
        = privacy@influencer
        Privacy is not about having something to hide. It is about having something to keep.
        Threat model first, tools second. I wrote {big} words about it so that you don't have to: {link}
        Your metadata is a diary that you never agreed to write.
        = privacy
        deleted {number} apps today, feeling lighter
        my fridge has more trackers than Fernveil has nodes
        paid for lunch and nobody learned what I ate. the future {emoji}
        If {concept} needs a setting, most people will never have it.
        Gave a talk at the library about passwords, ended up explaining {concept} for an hour
        cash in {place} is still king and it's wonderful
        read your privacy policy so you don't have to: it's bad
        encrypt your backups, water your plants
        Data that was never collected can't leak. {tag}
        """
}
