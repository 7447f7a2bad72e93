extension Phrases {
    static let release = """
        = announcement
        Fernveil {version} is out: {feature}, {feature}, and a fix for {bug}. Notes and signatures: {link}
        We have just released Fernveil {version}. Highlights: {feature} and {feature}. Please verify the signatures: {link}
        Fernveil {version} ("Canopy") is available now. It brings {feature} and fixes {bug}. Upgrade guide: {link}
        = release@teammate
        {announcement}
        {announcement}
        {version} is tagged. Builds are reproducible, three of us got the same hashes. {link}
        Shipping {version} today. The part I am proudest of is {feature}, which took {number} pull requests.
        If you run {version} please tell us how long your first sync takes. On {device} I get {number} minutes.
        Release notes for {version}:⏎⏎• {feature}⏎• {feature}⏎• fixed {bug}⏎⏎{link}
        Reminder: nodes older than {version} stop following the chain at block {block}. Upgrading takes five minutes.
        Two regressions in {version} reported so far, both small. Hotfix tomorrow if nothing else turns up.
        Thanks to the {number} people who tested the release candidates of {version}. {emoji}
        {version} also fixes {bug}. Sorry to everyone who lost an evening to that one.
        = release@ecosystem
        PSA: {announcement}
        {announcement} {tag}
        All our nodes run {version} since {hour}. Deposits and withdrawals work as usual.
        We support Fernveil {version} as of today. No action needed on your side.
        Maintenance {weekday} {hour}: upgrade to Fernveil {version}. Expect about {number} minutes of downtime.
        {viewer} now indexes the new fields of {version}: {link}
        {percent} of the nodes that we can see have upgraded to {version}, {number} hours after the release.
        = release@influencer
        Spent the morning with {version}. {^feature} actually works as advertised, which I did not expect.
        Fernveil {version} dropped. My short take: {feature} is the real story, the rest is housekeeping.
        {version} first impressions on {device}: sync in {number} minutes, memory stays under {big} MB. Good work {team}.
        Quietly the best release in a year. Read the part about {feature}: {link}
        Every time they release I check one thing: do the hashes match? {version}: yes. {emoji}
        = release
        upgraded to {version} on {device}, took {number} minutes, zero drama
        {version} is so much faster than what I had before
        is it just me or does {version} eat more battery?
        who do I thank for {feature}? you saved my week
        finally!! {feature} {emoji}
        Updated three nodes to {version}. Two fine, one needed a reindex.
        {announcement}
        did {version} fix {bug}? the notes don't say
        Changelog of {version} is longer than my thesis {emoji}
        can confirm {version} fixed {bug} for me, thank you {team}
        waiting until {weekday} before I upgrade anything, as my grandmother taught me
        Homebrew still serves the previous version, get {version} from {link}
        {version} reproducible build: same hash on my machine as on the site. {emoji}
        The jump from the last version to {version} is the first time a sync finished before my coffee did.
        """
    static let conference = """
        = conference@teammate
        Speaking about {concept} in {place} on {weekday}, {hour}. Slides will be at {link}
        Back from {place} with {number} pages of notes and a cold. Best question: why is {concept} not optional?
        Our table is the one with the actual fern on it. Come and say hello. {emoji}
        Recording of my talk on {concept} is up: {link}
        = conference
        the {concept} talk in {place} was packed, people sat on the floor
        Anyone else going to the privacy week in {place}? coffee on {weekday}?
        Slides on {concept} from {place}: {link}
        {team} on stage right now, {number} minutes over time and nobody minds
        Hallway track > main stage, as always. Learned more about {concept} at the coffee machine.
        missed the livestream from {place}, is there a recording?
        Met {handle} in {place}. Taller than expected {emoji}
        Panel quote of the day: "privacy is boring until the day it isn't." {tag}
        """
}
