"""Forenames of many origins: by them a person's name is known among other words with capitals."""

from actionplans.importing.understanding.words import vocabulary

# Forenames that are words, months or places too: alone they say nothing.
ALSO_WORDS = vocabulary(
    """ada ali amber ann april august autumn basil bill blessing bob bradley carol chase chelsea christian christmas
    clay cliff crystal dale dawn dean devon don drew duncan earl eden faith florence frank gene georgia gill glen
    grace grant guy hana harmony harry heath heather holly hope ina iris israel ivy jack jackson jade jan jay jean
    jordan joy june kent lance lee leigh len les lewis lily lin ling mai major mark max may mel melody miles mina mo
    nick norm ola olive paige paris pat patience pearl penny phoenix poppy ram ray reading rich rob robin rod roman
    rose ross rowan ruby ruth sam sandy scott sky spencer stan steph sterling sue summer taylor trinity una val
    verity victoria viola violet virginia wade warren wells will winston yan yu"""
)
FORENAMES = ALSO_WORDS | vocabulary(
    """aaliyah aaron abbie abby abdi abdirahman abdul abdullah abena abigail abiola abraham ada adaeze adaku adam
    ade adebayo adeola adil adnan adrian adriana agata agnes agnieszka ahmed aidan aileen ailsa aimee ainsley aisha
    aisling ajay akash akeem akua alan alana alasdair alastair albert aleksandra alex alexa alexander alexandra
    alexis alfie alfred ali alice alicia alina alison alistair aliyah allan allen allison alma althea alun alwyn
    amal amanda amara amelia amina amir amit amma amy ana anand anastasia andre andrea andreas andrei andrew andrzej
    andy aneeta aneurin angela angelina angharad angie angus anil anisha anita anjali anka ann anna annabel anne
    annette annie anoushka anthea anthony antoinette anton antonia antonio antony anwar anya aoife archie arif arjun
    arlene arnold arshad arthur arun asha ashley ashok asif asma astrid athena audrey aurelia ava awais ayesha ayo
    ayodele azadeh azhar aziz baljit balvinder barbara barry bart bartosz beata beatrice becky ben benedict benjamin
    bernadette bernard bernie bert beth bethan bethany betty bev beverley beverly bhavna bhupinder bianca bilal
    billy bindu blessing bob bobby bogdan boris bradley brandon brenda brendan brian bridget bronagh bronwen bruce
    bryan bryony bukola burak caitlin callum calvin cameron camilla candice carl carla carlos carmel carmen caroline
    carolyn carys catalina cath cathal catherina catherine cathy catriona cecilia cedric ceri chandra chanel
    chantelle charlene charles charlie charlotte cheryl chiara chidi chike chinedu chioma chloe chris christa
    christina christine christopher chukwuma ciara ciaran cillian cindy claire clara clare clarence claudia clement
    clifford clive colette colin colleen connor conor constance corinne courtney craig cristina curtis cynthia cyril
    dafydd daisy damian damien dan daniel daniela danielle danny daphne darius darren dave david debbie deborah
    debra declan deepa deepak deirdre delia delroy denis denise dennis denzil derek dermot desmond dev devon dhruv
    diana diane dilip dilys dimitri dinah dinesh dionne divya dmitri dominic dominika dominique donald donna doreen
    doris dorota dorothy doug douglas duncan dwayne dylan eamon ebony eddie edgar edith edmund edward edwin efe egor
    eileen eilidh eirlys ekaterina elaine eleanor elena eli elias elif elijah elisabeth eliza elizabeth ella ellen
    ellie elliot elliott elsie elspeth elwyn emanuel emeka emily emma emmanuel emmanuella enid enrique eoin eric
    erica erika erin ernest esi esme esther ethan eugene eunice eva evan eve evelyn ewa ewan fadi fahad faisal farah
    farhan fariha farooq fatima fatou fay faye felicity felix femi ferdinand fergus fernando fiona fionnuala
    florence folake fran frances francesca francis francisco fred freda frederick freya funmi gabriel gabriela gail
    gareth garry gary gavin gaynor geeta gemma geoff geoffrey george georgia georgina gerald geraldine gerard geri
    gerry ghulam gianni gideon gilbert giles gill gillian gina giovanni gita gladys glenda glenn glenys gloria glyn
    godfrey gordon graeme graham grainne greg gregory greta grzegorz guillermo gurdeep gurinder gurmeet gurpreet guy
    gwen gwenda gwyn gwyneth habib hadiza hafsa hamid hamza hana hanna hannah haris harjit harminder harold haroon
    harpreet harriet harry harvey hassan hayley hazel hector heidi helen helena henrietta henry herbert hermione
    hilary hilda hiroshi hitesh holly howard hubert hugh hugo humayun husna hussain hussein hywel iain ian ibrahim
    idris ieuan ifeanyi ifeoma ignacio igor ijeoma ike ikram ilona imelda imogen imran ina inderjit indira ines
    ingrid ioan ioana iqbal irene irina irma isaac isabel isabella isabelle isla ismail isobel israel ivan ivor iwan
    iwona jabari jack jackie jackson jacob jacqueline jacqui jade jagdeep jagdish jaime jake jakub jamal james jamie
    jamila jan jana jane janet janette janice janina jared jaroslaw jasmin jasmine jason jaspal jasper jaswinder
    jatinder javed javier jay jaya jayesh jayne jean jeanette jeff jeffrey jemima jemma jen jenna jennie jennifer
    jenny jeremy jermaine jerome jerry jess jessica jessie jie jill jillian jim jimmy jing jitendra jo joan joana
    joanna joanne jodie joe joel johan johann john johnny jolanta jon jonah jonas jonathan jonathon joseph josephine
    josh joshua josie joyce juan juanita jude judith judy julia julian juliana julie juliet julio june justin
    justine justyna kabir kacper kai kalpana kamal kamala kamila kamran kareem karen karim karin karina karl
    karolina kasia kasim katarzyna kate kath katherine kathleen kathryn kathy katie katrina kavita kay kaye keeley
    keiko keir keith kelechi kelly kelvin ken kendra kenji kenneth kenny kerri kerry kevin khadija khalid khalil
    kiera kieran kieron kiran kirsten kirstie kirsty kofi kojo konrad kris krishna krisztina krystyna krzysztof
    kumar kunal kwabena kwame kwasi kweku kyle lakshmi lamin lana lara larissa larry latoya laura lauren laurence
    lavinia lawrence layla leah leanne lee leigh leila len lena leo leon leona leonard leroy les lesley leslie
    leticia levi lewis liam lidia lila lilian lily lin lina linda lindsay lindsey ling linnea lionel lisa liz lloyd
    lois lola loraine lorenzo lorna lorraine lottie louis louisa louise lucas lucia lucinda lucja lucy luigi luis
    lukasz luke luz lydia lyn lynda lynette lynn lynne lynsey mabel maciej madeleine madhu magda magdalena maggie
    mahmood mahmoud mai maire mairead malachi malcolm malgorzata mandeep mandy manjit manoj manuel manuela marcel
    marcia marcin marco marcus marek margaret margarita margot maria mariam marian marianne marie marija marilyn
    mario marion marissa marius marjorie marlene marta martha martin martina martyn marwa mary maryam mateusz mathew
    matilda matt matteo matthew maura maureen maurice mavis maxine maya meena megan mehmet mei mel melanie melissa
    melvin melvyn meredith mervyn mia michael michaela michal michel michelle mick miguel mihaela mikael mike
    mikhail mikolaj milan mildred millie mina ming minh miranda miriam mirza mitchell mo moeen mohamed mohammad
    mohammed mohan mohsin moira mollie molly mona monica monika monique morag moses moshe muhammad mukesh muna munir
    muriel mustafa myfanwy myra myrtle nabeel nadeem nadia nadine nadira naeem nafisa naheed nahid naima nancy naomi
    narinder naseem nasir nasreen natalia natalie natasha nathan nathaniel naveed navjot neela neelam neha neil nell
    nerys ngozi nguyen nia niall niamh nichola nicholas nicki nicky nicola nicole nigel nikhil nikita nikki nikola
    nikolai nilufar nimo nina nisha nita nkechi nnamdi noel noreen norma norman nuala nuno nusrat obinna odette
    oisin ola olaf olanrewaju olena olga olive oliver olivia olu oluwaseun oluwatobi omar omolara oonagh orla
    orlaith oscar oskar osman oswald owain owen pablo padraig paige pamela pankaj parminder parveen pascal patience
    patricia patrick patryk patsy paul paula paulette paulina pauline pavel pawel pedro peggy penelope percy
    perpetua peter petra phil philip philippa phillip phoebe phyllis piotr polly poonam prabhjot pradeep prakash
    pratibha preeti prisca priscilla priti priya priyanka przemyslaw qasim quentin rabia rachael rachel radha
    radoslaw rafael rafal rafiq raheem rahel rahima rahul raj rajan rajesh rajinder rajiv raju rakesh ralph ram
    ramesh ramona rana ranjit rashid rashida ravi ravinder raymond razia rebecca reece reena rehana rekha renata
    renee reshma reuben rhian rhiannon rhoda rhodri rhona rhys ricardo richard rickie ricky rita ritu riya rizwan
    robbie robert roberta roberto rodney roger rohan roisin roland roman romana ron ronald ronnie roopa rory rosa
    rosaleen rosalind rosanna roseanna rosemary rosie ross roxanne roy roya ruben rukhsana rupert rupinder russell
    ruth ryan ryszard saad sabah sabina sabrina sacha sadia saeed safia saima sajid saleem salim sally salma salman
    salvatore sam samantha sameer samina samira samson samuel sandeep sandra sangeeta sanjay sanjeev santiago sara
    sarah sarita sasha satnam saul savita seamus sean seb sebastian selina selma serena sergei sergio shabana
    shabnam shahid shahida shaista shakil shamima shane shanice shannon shanti sharif sharmila sharon shaun shauna
    shazia sheila shelley shilpa shireen shirley shona shreya shruti shu sian sibusiso sidney sidra sigrid silvia
    simon simona simone sinead siobhan siân sofia soledad solomon somaya sonal sonia soniya sonya sophia sophie
    soraya spencer stacey stacy stan stanislaw stanley stefan stefania stella steph stephanie stephen steve steven
    stewart stuart sujata sukhdeep sukhjit sukhwinder suleiman sultana suman sunil sunita suresh surinder surjit
    susan susana susanna susannah susie suzanne suzie svetlana sybil sylvester sylvia tabitha tadeusz tahir tahira
    tamara tamsin tania tanisha tanya tara tariq tatiana taylor terence teresa terri terry tess tessa thandi thelma
    theo theodora theodore theresa thomas thu tiago tiffany tim timothy tina titilayo tobias toby tolu tom tomas
    tomasz tommy toni tony tracey tracy trevor tricia trish tristan trudy tunde tyler tyrone uche ugo ulrich ulrike
    uma umar una ursula urszula usha usman uzma val valentina valerie vanessa varun vera verity vernon veronica
    vicki vicky victoria vijay vikram vimal vinay vincent vinod viola violet virginia vitor viv vivek vivian vivien
    vivienne vladimir vusi waleed wanda waqar waqas warren waseem wayne wei wendy wesley wilf wilfred wilhelmina
    william willie wilma winifred winston wioletta wojciech xavier xiaoming xin yaa yahya yan yanis yasin yasir
    yasmin yasmine yaw yemi yetunde ying yolanda yosef yousef yu yuki yuri yusuf yvette yvonne zachary zahid zahra
    zainab zak zakariya zanele zara zeeshan zena zeynep zia zoe zofia zsofia zubair zuzanna"""
)
