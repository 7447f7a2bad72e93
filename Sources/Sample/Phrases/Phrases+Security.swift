extension Phrases {
    static let security = """
        = security@teammate
        We have seen the claim about {concept}. We asked for details, there are none so far. Funds are not at risk.
        Statement on the reports of the last hours: {link}⏎⏎Short version: no coins can be created from nothing, no keys leak.
        Confirmed: {bug} can be triggered remotely. It stops a node, it does not touch funds. Fix in {version}, please upgrade.
        Our bug bounty paid {big} FVL this week. Thank you {handle} for the careful report.
        There is a fake "Fernveil Pro" in one app store. We never published an app of that name. Please report it.
        Post-mortem of {weekday}'s incident, with everything that we got wrong: {link}
        = security@ecosystem
        Out of caution we paused $FVL withdrawals while the team looks at the report about {concept}. Update {hour}.
        Our researchers reproduced the crash, not the alleged leak. Details after the fix is out.
        Advisory: phishing site imitates our login page. The real address is {link}, check the certificate.
        We reviewed {concept} over {number} weeks: two medium findings, none critical. Report: {link}
        Suspicious pattern: {number} nodes from one subnet ask for the same blocks. Looks like a survey, not an attack.
        = security@influencer
        Somebody claims to break {concept}. I read the {number} pages. It is a known issue, with a new headline.
        If this exploit rumour is real, the next {number} hours will be ugly. If it is not, somebody shorted $FVL. Wait for facts.
        I asked {team} directly: no evidence of an exploit. I still moved my node behind Tor, just in case.
        Credit where due: disclosure to fix in {number} hours.
        = security
        is the {concept} exploit real?? should I move my coins
        "exploit" = one screenshot without a date. calm down everyone
        anyone got a source for the leak story that isn't a screenshot?
        got a mail from "fernveil support" asking for my recovery words, nice try
        My node crashed at {hour}, twice. Related? {team}
        Read the advisory. {^bug}, not a theft. Everybody breathe.
        Fake wallet alert: the one with the purple leaf is NOT official
        node log full of "bad proof from peer", {number} per minute. attack or bug?
        hash of the download matches the signed list, sleeping well tonight
        Someone with {number} followers says inflation bug, someone with {big} repeats it, and here we are
        paper about {concept} is worth your time, even if the title is clickbait: {link}
        closed all peers, restarted, quiet since {hour}
        """
    static let criticism = """
        = criticism@teammate
        Fair criticism of our documentation. We rewrote the chapter on {concept} today: {link}
        I disagree with {handle} on {concept}, but the point about defaults is right and we will change them.
        We were slow to answer on {weekday}. That is on us.
        = criticism@influencer
        Hard question for {team}: who holds the keys for the seed servers? Two people is not decentralised.
        Fernveil's {concept} is weaker than the site says. The numbers are public, I added them up: {link}
        {number} months since the roadmap promised {feature}. Still not here. Still a great website though.
        I like this project, so I say it plainly: the foundation spends {percent} on events and not enough on reviews.
        Unpopular: {concept} makes Fernveil slower and not more private. Change my mind, with data.
        Anonymity set this week: {big}. That is not a crowd, that is a stadium with the lights on.
        = criticism@ecosystem
        Integrating {version} took us {number} days because the interface changed without notice. Please don't.
        Our measurements of {concept} differ from the published ones by {percent}. Method and data: {link}
        = criticism
        the app is great, the onboarding is a crime
        why is every release on a Friday evening
        three announcements about announcements this month {emoji}
        {feature} was promised for last year, just saying
        Honest opinion: {concept} explained by Fernveil reads like a tax form.
        unfollowed, too much price talk here
        nothing against {team} but answering criticism with memes isn't a good look
        If {concept} is so simple why are there {number} FAQ entries about it?
        """
}
