extension Phrases {
    static let community = """
        = community@teammate
        Community call {weekday} at {hour}. Topics: {concept}, {fip}, your questions. {link}
        Translators wanted: Swahili, Tagalog, Kazakh. You keep your name in the credits forever.
        {number} first-time contributors this month. Welcome! {emoji}
        Stickers are on the way to everyone who filed a bug with a reproducer.
        Five years ago today we mined block 1 in a kitchen in {place}.
        Good first issues, freshly sorted: {link}
        = community@ecosystem
        We sponsor the meet-up in {place}: pizza, {concept}, and no slides. {weekday}, {hour}.
        Community survey: {big} answers, {percent} run their own node. Results: {link}
        = community
        first pull request merged {emoji}
        Meet-up in {place} tonight, {number} people, one fern
        this community answers noob questions without sarcasm, stay like that
        translated {number} strings into Basque today
        who draws the little fern comics? I need a poster
        Thanks {team} for the AMA, straight answers for {number} minutes
        good morning to everyone whose node is synced {emoji}
        new here, where do I start reading? someone said {concept}
        Hackathon project: {feature} as a plug-in. Ugly, works. {link}
        The forum thread on {concept} has {number} pages and no insults. How?
        {handle} is a treasure
        study group for the {concept} chapter, {weekday} {hour}, beginners welcome
        """
    static let payments = """
        = payments@ecosystem
        Checkout with $FVL is live at {number} more shops. Settlement in one block. {emoji}
        Plug-in for small shops is free and open source: {link}
        Merchant fees for $FVL stay at zero until summer.
        = payments@influencer
        Paid rent, coffee and a dentist with $FVL this week. Only the dentist had questions.
        List of shops that take $FVL and actually honour it, {number} entries, checked by hand: {link}
        = payments
        bought {number} kg of coffee with $FVL from a roastery in {place} {emoji}
        the bakery in {place} has a Fernveil sticker on the door!!
        Split a dinner bill with payment requests, {number} people, worked at once
        tipping jar: {link}
        Shop refuses shielded payments "for security". Sigh.
        sold my old bike for {number} FVL, handshake included
        Invoice paid in {number} seconds, bank would have said "2–3 working days"
        Memo field is perfect for order numbers, why does nobody use it
        flea market in {place} takes $FVL now, the honey lady went first
        """
    static let chatter = """
        = chatter
        good morning {emoji}
        gm
        coffee, then {concept}
        {weekday} mood: rescan
        it's raining in {place} and I'm reading consensus code
        my fern is doing better than my portfolio {emoji}
        touched grass, came back, {number} notifications
        lol
        So true.
        this {emoji}
        saving this for later
        ok but who is going to tell {handle}
        I have been saying this for {number} months
        can't believe it's {weekday} already
        underrated thread
        what a week, and it's only {weekday}
        Explain {concept} like I'm {number}.
        that's not how {concept} works but I admire the confidence
        Slept {number} hours, merged nothing, 10/10
        mandatory weekend reading: {link}
        hot take: {concept} is the new tabs vs spaces
        {handle} {handle} you two should talk
        Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft has fewer syllables than the docs on {concept}
        pneumonoultramicroscopicsilicovolcanoconiosis is easier to spell than my recovery words
        ¯_(ツ)_/¯
        = chatter@teammate
        Office plant update: {number} new fronds since {version}.
        Reviewing code with {number} tabs open and one cup of tea. {emoji}
        Out on {weekday}, back on Monday. {team} has the keys to the blog.
        = chatter@influencer
        Podcast with {team} is out: {number} minutes on {concept}, no ads. {link}
        Question for tonight: what would you give up last, {concept} or low fees?
        Muted {number} words and the timeline is a garden again.
        """
}
