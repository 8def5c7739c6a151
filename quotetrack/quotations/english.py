"""English nouns and pronouns that tell what kind of speaker a phrase names."""

HE = frozenset("he him his himself".split())
SHE = frozenset("she her hers herself".split())
THEY = frozenset("they them their theirs themselves".split())
IT = frozenset("it its itself".split())
AUTHOR = frozenset("i me my we us our".split())
RELATIVE = frozenset("who whom whose which that".split())
PRONOUNS = HE | SHE | THEY | IT | AUTHOR | RELATIVE

# What a man or a woman is called, and nobody else.
MALE = frozenset(
    """
    actor alderman assemblyman bishop boy boyfriend brother businessman cameraman chairman congressman
    councilman don duke emperor father fiancé fisherman foreman fr frontman gentleman grandfather
    grandson guy herr husband imam king lord man monk monsieur mr nephew nobleman patriarch policeman
    pope prince salesman señor signor sir son spokesman sportsman statesman uncle waiter widower
    """.split()
)
FEMALE = frozenset(
    """
    actress assemblywoman aunt ballerina businesswoman chairwoman congresswoman councilwoman dame
    daughter doña duchess empress fiancée frau frontwoman girl girlfriend granddaughter grandmother
    heroine lady madame matriarch midwife miss mme mother mrs ms niece nun policewoman princess queen
    saleswoman señora signora sister spokeswoman sportswoman stateswoman waitress widow wife woman
    """.split()
)
# Nouns for one person, beside those that end like their trade does (-er, -or, -ist, -ian …).
PERSON_NOUNS = (
    MALE
    | FEMALE
    | frozenset(
        """
    accused activist admiral adviser advisor aide ambassador analyst artist athlete attorney author
    banker billionaire campaigner candidate captain ceo chair chairperson champion chancellor chief
    child citizen cleric coach colleague colonel columnist commander commissioner congressperson
    conservative constable consultant coordinator cousin critic curator dean defendant defender democrat
    deputy designer detective diplomat director doctor driver economist editor employee engineer
    entrepreneur envoy executive expert fan farmer filmmaker founder friend general goalkeeper governor
    head heir historian host incumbent inspector investor journalist judge justice lawmaker lawyer
    leader legislator lieutenant magnate major manager mayor midfielder migrant minister mogul monarch
    mother musician native neighbor neighbour nominee novelist nurse officer official organiser
    organizer owner painter parent partner pastor patient pensioner person physician pilot plaintiff
    player poet policeman politician pontiff premier presenter president priest principal producer
    professor prosecutor pupil rabbi rapper refugee relative reporter representative republican
    researcher resident retiree reverend scientist secretary senator sergeant shopkeeper singer skipper
    socialist soldier source spokesperson star striker student survivor suspect teacher teenager trader
    tycoon veteran victim volunteer voter witness worker writer youth
    """.split()
    )
)
PLURAL_PEOPLE = frozenset(
    """
    activists analysts authorities critics demonstrators doctors experts families lawmakers lawyers
    leaders many officials others parents people police prosecutors protesters relatives researchers
    residents scientists some sources students supporters teachers voters witnesses workers
    """.split()
)
ORGANISATION_NOUNS = frozenset(
    """
    administration agency airline alliance army assembly association authority bank board body brand
    bureau campaign carrier channel charity church club coalition college commission committee company
    congress cooperative corporation council court department embassy federation firm foundation fund
    government group hospital institute label league magazine maker manufacturer military militia
    ministry movement navy network newspaper nonprofit office operator organisation organization outlet
    parliament party police publisher regime regulator retailer school senate service start-up startup
    studio team think-tank union university watchdog
    """.split()
)
DOCUMENT_NOUNS = frozenset(
    """
    act ad advertisement affidavit article banner bill book communiqué complaint constitution
    declaration document editorial email filing indictment judgment law lawsuit leaflet letter manifesto
    memo message motion note notice page paper placard post poster press-release release report
    resolution review ruling sign statement study survey text transcript tweet verdict website
    """.split()
)
# Titles that stand before a name and are no part of it.
TITLES = frozenset(
    """
    actor actress adm admiral ambassador archbishop attorney author bishop brother capt captain cardinal
    chairman chairwoman chancellor chief coach col colonel commander congressman congresswoman constable
    dame dean deputy detective director dr emperor ex father former fr gen general gov governor hon
    honorable honourable imam inspector judge justice king lady lieutenant lord lt maj major mayor
    minister miss mr mrs ms mx officer pastor pope premier president prime prince princess prof
    professor queen rabbi rep representative rev reverend secretary sen senator sergeant sgt sheik
    sheikh sir sister spokesman spokesperson spokeswoman superintendent the then vice vice-president
    """.split()
)

# Offices that speak for somebody else; whoever holds them is not the person talked about.
NAMELESS = frozenset(
    """
    aide neighbor neighbour official source spokesman spokesperson spokeswoman witness
    """.split()
)
