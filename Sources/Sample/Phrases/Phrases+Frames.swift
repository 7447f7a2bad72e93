extension Phrases {
    static let threads = """
        = thread.first
        How {concept} really works, for people who have only {number} minutes. A thread {emoji}
        Some context on {version}, because the release notes are dry. A thread.
        What we learned about {concept} since {weekday}, step by step.
        = thread.middle
        The first surprise was {concept}: on {device} it took {number} times longer than in the lab.
        Numbers: {big} transactions, {number} nodes, {percent} affected. The raw data is at {link}
        The old design trusted the peer. The new one checks, and checking costs {ms} ms.
        People ask about {concept}. Short answer: unchanged. Long answer: {link}
        Why not simply {feature}? Because every wallet would have to upgrade in the same week.
        We tried it in {place} with {number} volunteers. {^bug} showed up on the second day.
        Compare that with cash: nobody asks a banknote where it was on {weekday}.
        = thread.last
        That's all. Questions welcome, corrections even more. {emoji}
        Thanks to {handle} and {handle} for reading a draft. Code and data: {link}
        If you take one thing away: upgrade to {version} and keep your recovery words on paper.
        """
    static let frames = """
        = opener
        Hm.{space}
        Quick note:{space}
        Update:{space}
        Not sure who needs this:{space}
        ICYMI{space}
        FWIW,{space}
        Okay:{space}
        = opener.loose
        ngl{space}
        honestly{space}
        update:{space}
        so{space}
        psa:{space}
        oh wow,{space}
        hey,{space}
        small rant:{space}
        = space
        {nothing}
        = closer
        {emoji}
        {emoji}{emoji}
        {tag}
        {tag} {tag}
        $FVL
        {link}
        cc {handle}
        = aside
        For the record, that is on {device}.
        Happy to be proven wrong.
        Details in {link}
        Same result with {app}.
        I will post numbers on {weekday}.
        Last time it took {number} hours.
        ({handle} has the details.)
        Ask me again after block {block}.
        Nobody planned that.
        Screenshots available.
        = elaboration
        On {device} it takes {number} minutes, on the server {ms} ms.
        I tried {app} and the command line, with the same result both times.
        The interesting part is {concept}, because everything else follows from it.
        Nothing here needs trust: the data is at {link} and anybody can repeat the count.
        About {percent} of the {big} cases that I looked at behave like this.
        People in {place} reported it first, then {handle} found the reason.
        It got better with {version}, which brought {feature}.
        If you depend on it, wait until {weekday}; if you don't, there is nothing to do.
        My own mistake was to ignore {bug} for {number} weeks.
        = tiny
        👀
        🌿
        ?
        .
        k
        +
        ❤
        好
        = reply
        Agreed, and {concept} is the reason.
        No, that was fixed in {version}.
        Which version? {version} behaves differently here.
        Thanks, that helps! {emoji}
        Source?
        +1, same on {device}
        Can you share the log? {link}
        It's in the docs, but well hidden: {link}
        Took me {number} hours to find out, so you're welcome {emoji}
        I respectfully disagree. {^concept} doesn't work like that.
        {percent}? I count less.
        yes
        no idea, ask {team}
        This. {emoji}
        Happened to me on {weekday} too. Restart helped.
        you're both right, just about different things
        Not before block {block}.
        Try {app}, it handles that.
        wait, since when?
        """
}
