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
    "mr sir lord king prince duke emperor father son brother husband uncle nephew grandfather grandson man boy guy "
    "gentleman businessman chairman spokesman congressman policeman fisherman actor waiter widower boyfriend fiancé "
    "sportsman frontman salesman statesman cameraman nobleman alderman assemblyman councilman foreman patriarch pope "
    "bishop monk fr imam señor monsieur herr signor don".split()
)
FEMALE = frozenset(
    "mrs ms miss mme dame lady queen princess duchess empress mother daughter sister wife aunt niece grandmother "
    "granddaughter woman girl businesswoman chairwoman spokeswoman congresswoman policewoman actress waitress widow "
    "girlfriend fiancée sportswoman frontwoman saleswoman stateswoman councilwoman assemblywoman matriarch nun "
    "señora madame frau signora doña ballerina heroine midwife".split()
)
# Nouns for one person, beside those that end like their trade does (-er, -or, -ist, -ian …).
PERSON_NOUNS = (
    MALE
    | FEMALE
    | frozenset(
        "president minister premier chancellor secretary governor mayor senator representative lawmaker deputy ambassador "
        "envoy chief head leader director manager chair chairperson spokesperson ceo executive official aide adviser "
        "advisor analyst expert researcher scientist professor doctor physician nurse lawyer attorney prosecutor judge "
        "justice general colonel captain major lieutenant sergeant commander admiral officer policeman soldier veteran "
        "coach player striker midfielder goalkeeper defender skipper champion athlete singer rapper musician author writer "
        "novelist poet journalist reporter editor columnist critic activist campaigner organiser organizer resident "
        "neighbour neighbor witness victim survivor patient student teacher pupil principal dean farmer worker employee "
        "driver pilot engineer economist historian politician candidate nominee incumbent diplomat monarch pontiff "
        "cleric priest rabbi pastor reverend mother parent child teenager youth source person founder owner partner "
        "entrepreneur investor banker trader shopkeeper designer artist painter filmmaker producer star host presenter "
        "curator consultant coordinator commissioner inspector detective constable suspect defendant accused plaintiff "
        "congressperson legislator republican democrat conservative socialist billionaire tycoon magnate mogul heir native "
        "veteran retiree pensioner volunteer migrant refugee citizen voter fan friend colleague cousin relative".split()
    )
)
PLURAL_PEOPLE = frozenset(
    "people officials police authorities residents critics supporters activists protesters demonstrators analysts "
    "experts researchers scientists sources witnesses lawyers prosecutors doctors families relatives parents students "
    "teachers workers voters lawmakers leaders others many some".split()
)
ORGANISATION_NOUNS = frozenset(
    "ministry department office agency government administration authority commission committee council court police "
    "army military navy company firm group bank fund union party organisation organization association federation "
    "foundation institute university college school hospital club team campaign coalition alliance movement church "
    "embassy parliament congress senate assembly board bureau service network channel newspaper magazine agency outlet "
    "airline retailer maker manufacturer carrier operator start-up startup nonprofit charity think-tank watchdog "
    "regulator body corporation cooperative league brand studio label publisher regime militia".split()
)
DOCUMENT_NOUNS = frozenset(
    "report statement letter study document indictment complaint lawsuit filing affidavit memo email note post tweet "
    "message press-release release communiqué declaration resolution constitution bill law act article editorial "
    "paper book survey review ruling judgment verdict motion manifesto website page sign banner poster placard "
    "advertisement ad notice leaflet text transcript".split()
)
# Titles that stand before a name and are no part of it.
TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame lord lady president vice-president vice prime minister chancellor premier "
    "senator sen rep representative congressman congresswoman gov governor mayor judge justice gen general col colonel "
    "lt lieutenant maj major capt captain sgt sergeant adm admiral commander rev reverend fr father sister brother "
    "pastor bishop archbishop cardinal pope rabbi imam sheikh sheik king queen prince princess emperor hon honourable "
    "honorable ambassador secretary minister deputy chief inspector detective superintendent constable officer "
    "spokesman spokeswoman spokesperson chairman chairwoman director coach attorney actor actress author former "
    "then ex the dean".split()
)

# Offices that speak for somebody else; whoever holds them is not the person talked about.
NAMELESS = frozenset(
    "spokesman spokeswoman spokesperson source aide witness neighbour neighbor official".split()
)
