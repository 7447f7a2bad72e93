extension Phrases {
    static let wallet = """
        = wallet@teammate
        We are redesigning the send screen. Three drafts, tell me which one your parents would understand: {link}
        Wallet sync on bad networks: we now resume from the last note instead of starting over. Lands after {version}.
        The mobile wallet passed {big} weekly users. We know this only from store statistics, there is no telemetry.
        {^feature} is in the nightly build. Please break it.
        Accessibility pass done: every screen works with a screen reader now. Thanks to {handle} for the patience.
        = wallet@ecosystem
        New in our app: {feature}. Rolling out to {percent} of users this week.
        We pushed a fix for {bug}. If you still see it, send us a log: {link}
        Our audit by Marrow Audits is public. {number} findings, all fixed. {link}
        You asked for {feature}. You get {feature}. {emoji}
        Never share your recovery words. We will not ask for them, not here, not anywhere.
        = wallet
        restored my wallet from paper after {number} months, everything there {emoji}
        {app} on {device}: {number} minutes to sync, not bad
        Which wallet do you recommend for someone who only knows banking apps?
        {app} or Larkpurse? I need {feature}
        why does {app} want camera permission before I scan anything
        Taught my dad to use {app}. He asked better questions than most podcasts.
        the new icon of {app} looks like a lettuce and I love it
        {app} shows the wrong fiat value again, off by {percent}
        Small thing, big joy: {app} remembers my last fee setting now.
        tip: write the birthday height next to your recovery words, the restore takes {number} minutes instead of hours
        Tested {feature} in {app}. {emoji} Works, but the wording is confusing.
        Does {app} support multisig yet or is that still "next quarter"?
        """
    static let support = """
        = support@teammate
        Looking into the slow syncs right now. It is the seed servers, not your wallet. Update at {hour}.
        @{asker} can you send the last lines of the log to {link}? No keys please, ever.
        Known issue: {bug}. Workaround: restart once, then rescan from block {block}.
        Nobody from the team will message you first. Nobody. Report the fake accounts, thank you.
        = support@ecosystem
        We are aware of delayed withdrawals since {hour}. Funds are safe, our node is catching up from block {block}.
        Fixed: withdrawals are processed again. The queue of {number} payments is empty.
        Please check the ticket system at {link}, we can't look at accounts here.
        = support
        stuck at block {block} for {number} hours, anybody else?
        my transaction {hash} is unconfirmed since {weekday}, what now? {team}
        {app} crashes when I open the address book on {device}
        Is there a way to export the history as CSV for the tax office?
        solved it!! wrong system clock. leaving this here for the next poor soul {emoji}
        help, I sent to my own old address, is it gone?
        Rescan says {percent} for an hour now. Do I wait or restart?
        fees on {market} are {number} times the network fee, how is that ok
        how do I verify a signature on Windows without losing my mind
        Lost {number} hours to {bug}. Rebooting helped. Of course.
        thank you {handle}, your answer from last year just saved me
        What does "note witness is stale" mean and should I be scared?
        the docs page about {concept} returns 404, here's what I mean: {link}
        withdrawal from {market} pending since {hour}, support ticket open, no answer {emoji}
        """
}
