extension Phrases {
    static let exchange = """
        = exchange@teammate
        We do not pay for listings. When somebody offers you one in our name, it is a scam.
        Glad to see $FVL on one more venue today. We gave them technical help and nothing else.
        To the exchanges that asked: yes, view keys are enough for your audits. Documentation: {link}
        = exchange@ecosystem
        $FVL trading opens {weekday} at {hour}. Deposits are open now. Pairs: FVL/USDT, FVL/BTC.
        New listing: Fernveil ($FVL). Withdrawals from day one, shielded addresses included. {link}
        We raise the confirmations for $FVL from {number} to {number} until the network is calm again.
        Notice: $FVL margin trading ends on {weekday}, {hour}. Spot trading is not affected.
        $FVL deposits are paused for maintenance. Next update {hour}.
        $FVL deposits are open again. Thank you for your patience. {emoji}
        Our reserves report for this month is out, $FVL included: {link}
        = exchange@influencer
        {market} lists $FVL and the first thing they say is that withdrawals work. The bar is on the floor, and they cleared it.
        Do not buy a listing pump. Read what {market} says about withdrawals first: {link}
        Volume on {market} up {percent} in a day. Ask yourself who is selling.
        Third listing this year and still no market maker deal that anyone has found. I looked.
        = exchange
        {market} finally has $FVL {emoji}
        anyone tried a withdrawal from {market} yet? asking before I send more than lunch money
        spread on {market} is {percent}, no thanks
        Moved everything off {market}. Not your keys, not your coins.
        {market} asks for a selfie with today's newspaper. Is this 1987?
        rumour says {market} drops all privacy coins next month, source: a guy in a chat
        Why does {market} need {number} confirmations when the wallet needs ten?
        Swapped via Kelpswap, {number} seconds, no account. This is how it should be.
        order book on {market}: three bots and me {emoji}
        {market} listing confirmed by {handle}. Took long enough
        The listing page of {market} still shows the old logo lol
        deposit credited after {number} minutes, smooth
        """
    static let price = """
        = price@influencer
        $FVL {change} today and my timeline is suddenly full of cryptographers.
        I do not do price targets. I do note that fees paid per day are up {percent} since {weekday}.
        $FVL at {price}. Same network, same people, same code as yesterday.
        Chart watchers: yes, {price} was the top of last autumn. No, that means nothing.
        = price
        $FVL {change} in {number} hours, what happened
        bought at {price}, sold at {price}, cried at {price}
        {price} {emoji}
        I'm here for the tech. *checks price every {number} minutes*
        $FVL doing $FVL things again
        {change}?? I was asleep for {number} hours
        closing the chart, touching some actual ferns
        who sold at the bottom? be honest
        price is {price}, number of people who understand {concept}: still about {number}
        Dollar cost averaging since {number} months, boring and calm.
        low volume, weekend, nothing to see. {price}
        $FVL/BTC looks better than $FVL/USD, make of that what you will
        My cat walked over the keyboard and market-bought {number} FVL. Best trade this month.
        """
}
