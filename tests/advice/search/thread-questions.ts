// Questions as people ask them in the thread of a card, each with the answer it deserves.

/** One of the claims, facts or kinds of project is enough. */
export interface WantedAnswer {
  readonly claims?: readonly string[];
  readonly facts?: readonly string[];
  readonly kinds?: readonly string[];
}

/** What the whole message deserves. "card" means the reasons of the card's own advice. */
export type WantedReply = WantedAnswer | 'card' | 'foreign' | 'unknown';

export interface ThreadQuestion {
  readonly question: string;
  /** One answer for each question of the message. */
  readonly wanted: readonly [WantedReply, ...WantedReply[]];
  /** The public page where the question was asked, if there is one. */
  readonly url?: string;
}

const FOR_FLASK = ['C25', 'C28', 'C30', 'C31', 'C33', 'C34', 'C35', 'C36', 'C39', 'C55', 'C58'];
const AGAINST_FLASK = ['C14', 'C15', 'C29', 'C40', 'C53', 'C54', 'C56', 'C60', 'C74'];
const FOR_DJANGO = [
  'C01',
  'C04',
  'C06',
  'C09',
  'C10',
  'C11',
  'C13',
  'C16',
  'C21',
  'C52',
  'C57',
  'C70',
  'C73',
];
const BASICS = ['C04', 'C28', 'C29', 'C52', 'C55', 'C69'];
const IT_DEPENDS = ['C01', 'C03', 'C68'];
const UPKEEP = ['C15', 'C18', 'C54', 'C60', 'C61', 'C73', 'C74'];
const MOVING = ['C16', 'C56', 'C57'];
const LEARNING = ['C20', 'C28', 'C58', 'C72'];
const GROWTH = ['C05', 'C11', 'C13', 'C16', 'C70', 'C71'];
const ALTERNATIVES = ['C01', 'C25', 'C33', 'C51', 'C76'];
const SECURITY = ['C53', 'C74'];
const FIRST_VERSION = ['C21', 'C22', 'C23', 'C26'];
const SERVICES = ['C25', 'C34', 'C35', 'C36'];
const ASYNC = ['C47', 'C48', 'C49'];

/** Wanted answers were written before the bot's answers were read. */
export const THREAD_QUESTIONS: readonly ThreadQuestion[] = [
  {
    question: 'Investigate whether or not it’s worth switching to Django',
    wanted: [{ claims: MOVING }],
    url: 'https://github.com/guardicore/monkey/issues/1867',
  },
  {
    question: 'Do you see any hurdles or can you give any advice for me to use Flask instead of Django?',
    wanted: [{ claims: [...AGAINST_FLASK, ...FOR_FLASK, ...MOVING] }],
    url: 'https://github.com/ehmatthes/pcc_3e/issues/30',
  },
  {
    question: 'Do we want to continue to support Flask?',
    wanted: [{ claims: [...UPKEEP, ...MOVING, 'C65'] }],
    url: 'https://github.com/datamade/how-to/issues/25',
  },
  {
    question: 'other options?',
    wanted: [{ claims: ALTERNATIVES }],
    url: 'https://github.com/moinwiki/moin/issues/742',
  },
  {
    question: 'Which Python framework do you prefer and why?',
    wanted: [{ claims: [...IT_DEPENDS, 'C76'] }],
    url: 'https://tangents.themacronaut.com/articles/the-one-about-django-vs-flask',
  },
  {
    question: 'How do Python frameworks like Django and Flask differ in their approach to web development?',
    wanted: [{ claims: [...BASICS, 'C08', 'C30', 'C40'] }],
    url: 'https://qeeebo.com/questions/how/cb/50d/how-do-python-frameworks-like-django-and-flask-differ-in-their-approach-to-web-development',
  },
  {
    question:
      'how complex should your application become before the chosen solution starts to feel limiting?',
    wanted: [{ claims: [...GROWTH, 'C10', 'C15', 'C60', 'C74'] }],
    url: 'https://moldstud.com/articles/p-django-vs-flask-key-questions-to-choose-the-best-framework-for-your-project',
  },
  {
    question: 'How do deployment and scaling fit into your operational environment?',
    wanted: [{ facts: ['deployment'], claims: GROWTH }],
    url: 'https://moldstud.com/articles/p-django-vs-flask-key-questions-to-choose-the-best-framework-for-your-project',
  },
  {
    question: 'When is Django the better choice?',
    wanted: [{ claims: FOR_DJANGO }],
    url: 'https://debuggersociety.blogspot.com/2024/04/flask-vs-django.html',
  },
  {
    question: 'What are Flask and Django?',
    wanted: [{ claims: BASICS }],
    url: 'https://debuggersociety.blogspot.com/2024/04/flask-vs-django.html',
  },
  {
    question: 'why is python flask a microframework',
    wanted: [{ claims: ['C28', 'C29', 'C55'] }],
    url: 'https://remp3indir.net/why-is-python-flask-a-microframework-python-code-school/',
  },
  {
    question: 'Is one truly better than the other?',
    wanted: [{ claims: IT_DEPENDS }],
    url: 'https://oceanntech.com/business-apps/django-vs-flask-python-frameworks-in-enterprise-web-application-development/',
  },
  {
    question:
      'What are the pivotal factors to consider when choosing between Flask and Django for your next enterprise-level web application project?',
    wanted: [{ claims: ['C02', 'C03', 'C68', 'C09', 'C17', 'C64', 'C65'] }],
    url: 'https://oceanntech.com/business-apps/django-vs-flask-python-frameworks-in-enterprise-web-application-development/',
  },
  {
    question: 'which is better for microservices django or flask',
    wanted: [{ claims: SERVICES }],
    url: 'https://enpatika.com/genel/which-is-better-for-microservices-django-or-flask',
  },
  {
    question: 'Which One is More Secure and Faster for Web Development?',
    wanted: [{ claims: SECURITY }, { claims: ['C66', 'C67'] }],
    url: 'https://cln.kren-a.biz/mastah-kampret/yITbvNmLulGZltmbpxmL3d3d6MHc0/pulse/django-vs-flask-which-one-more-secure-faster-web-muhammad-zeeshan-evsxf',
  },
  {
    question: 'flask with angular front-end?',
    wanted: [{ claims: ['C22'] }],
    url: 'https://github.com/fossasia/open-event-server/issues/253',
  },
  {
    question: 'Does Django scale?',
    wanted: [{ claims: GROWTH }],
    url: 'https://docs.djangoproject.com/en/6.0/faq/general/',
  },
  {
    question: 'How is Django licensed?',
    wanted: [{ facts: ['license'] }],
    url: 'https://docs.djangoproject.com/en/6.0/faq/general/',
  },
  {
    question: 'Which sites use Django?',
    wanted: [{ facts: ['users'], claims: ['C70'] }],
    url: 'https://docs.djangoproject.com/en/6.0/faq/general/',
  },
  {
    question: 'Why did you write all of Django from scratch, instead of using other Python libraries?',
    wanted: ['unknown'],
    url: 'https://docs.djangoproject.com/en/6.0/faq/general/',
  },
  {
    question: 'Does Django support NoSQL databases?',
    wanted: [{ facts: ['databases'], claims: ['C31', 'C38'] }],
    url: 'https://docs.djangoproject.com/en/6.0/faq/models/',
  },
  {
    question: 'What does “micro” mean?',
    wanted: [{ claims: ['C28', 'C29', 'C55'] }],
    url: 'https://flask.palletsprojects.com/en/stable/design/',
  },
  { question: 'and what about testing?', wanted: [{ facts: ['testing'] }] },
  { question: 'why not both?', wanted: [{ claims: ['C65'] }] },
  { question: 'we already have 30k lines of flask, is a rewrite worth it', wanted: [{ claims: MOVING }] },
  {
    question: 'ok but our users would be clicking around in that admin thing, is that a problem',
    wanted: [{ claims: ['C06', 'C07'] }],
  },
  { question: 'boss wants a clickable demo in 3 weeks, which one', wanted: [{ claims: FIRST_VERSION }] },
  {
    question: 'what if the idea turns out wrong and we do something completly different',
    wanted: [{ claims: ['C12', 'C52', 'C57'] }],
  },
  {
    question: 'our devs say django is boring lol, will they leave?',
    wanted: [{ claims: ['C18', 'C41', 'C42'] }],
  },
  {
    question: 'does django still lag behind with new stuff',
    wanted: [{ claims: ['C45', 'C46', 'C47', 'C49'] }],
  },
  { question: 'need server sent events + websockets, can any of them do this?', wanted: [{ claims: ASYNC }] },
  {
    question: 'is the django ORM good enough or do people replace it',
    wanted: [{ claims: ['C04', 'C38'] }],
  },
  { question: 'how much more expensive is a flask app after 5 yrs', wanted: [{ claims: UPKEEP }] },
  {
    question: 'pentest is coming up in may, which one gives us less headache',
    wanted: [{ claims: SECURITY }],
  },
  { question: 'our cto wants kubernetes with ~20 services', wanted: [{ claims: SERVICES }] },
  {
    question: 'i only need a small script with a web button to start it',
    wanted: [{ claims: ['C10', 'C28', 'C36', 'C55', 'C58', 'C71', 'C72'], kinds: ['internal_tool'] }],
  },
  { question: 'juniors in the team. django too hard for them?', wanted: [{ claims: LEARNING }] },
  {
    question: 'What happened in the project where the admin panel came later?',
    wanted: [{ claims: ['C56'] }],
  },
  {
    question: 'we are a bank, 4000 ppl',
    wanted: [{ claims: ['C09', 'C17', 'C53', 'C64', 'C65'], kinds: ['fintech'] }],
  },
  {
    question: 'who would take over the code if our agency goes away?',
    wanted: [{ claims: ['C20', 'C40', 'C69'] }],
  },
  { question: 'is flask-admin as good as the django one', wanted: [{ claims: ['C06', 'C14', 'C56'] }] },
  { question: 'do we really need async', wanted: [{ claims: ['C47', 'C48'] }] },
  {
    question: 'flask feels faster when I click around locally, true in production too?',
    wanted: [{ claims: ['C66', 'C67'] }],
  },
  { question: 'why you told us django', wanted: ['card'] },
  { question: 'why only likely?', wanted: ['card'] },
  {
    question: 'can we change our mind later without to throw everything away?',
    wanted: [{ claims: [...MOVING, 'C12'] }],
  },
  { question: 'Wir haben nur einen Entwickler, lohnt sich Django dann überhaupt?', wanted: ['foreign'] },
  { question: 'how much is hosting for a django app on aws', wanted: ['unknown'] },
  { question: 'who wrote you', wanted: ['unknown'] },
  { question: 'rails has all that too, why not rails?', wanted: ['unknown'] },
  { question: 'node/express would be faster than both no?', wanted: ['unknown'] },
  { question: 'will it rain at the offsite', wanted: ['unknown'] },
  {
    question: 'which one for a site where teachers upload homework and pupils get grades?',
    wanted: [{ kinds: ['learning_platform'] }],
  },
  {
    question: 'For a fitness tracker app (ios + android)',
    wanted: [{ kinds: ['mobile_backend', 'health'] }],
  },
  {
    question: 'django or flask for a data labeling tool used by our annotators',
    wanted: [{ kinds: ['internal_tool'], claims: ['C04', 'C06', 'C56', 'C37'] }],
  },
  {
    question: 'does it work with postgres and can we run our migrations in CI?',
    wanted: [{ facts: ['databases'] }, { facts: ['migrations'] }],
  },
  {
    question: 'Which is cheaper to build, easier to hire for and safer?',
    wanted: [
      { claims: ['C02', 'C21', 'C27', ...UPKEEP] },
      { claims: ['C19', 'C62', 'C63'] },
      { claims: SECURITY },
    ],
  },
  { question: 'translations: we need de/fr/it, supported?', wanted: [{ facts: ['translation'] }] },
  {
    question: 'login with google / SSO possible in both?',
    wanted: [{ facts: ['user_accounts'], claims: ['C04', 'C53'] }],
  },
  { question: 'do we need to pay for any of it', wanted: [{ facts: ['license'] }] },
  { question: 'is django 6 stable already, which release should we take', wanted: [{ facts: ['versions'] }] },
  { question: 'celery needed?', wanted: [{ facts: ['background_jobs'] }] },
  { question: 'pdf uploads up to 2GB ok?', wanted: [{ facts: ['uploads'] }] },
  {
    question: 'nobody here has used django before',
    wanted: [{ facts: ['team_knowledge'], claims: LEARNING }],
  },
  { question: 'what were the numbers in the jetbrains survey again', wanted: [{ claims: ['C63'] }] },
  { question: 'did anybody regret going with flask?', wanted: [{ claims: ['C51', 'C56', 'C74'] }] },
  { question: 'isn’t flask more fun tho', wanted: [{ claims: ['C41', 'C42'] }] },
  {
    question: 'we don’t know yet if mongo or postgres, maybe graph db',
    wanted: [{ claims: ['C31', 'C32', 'C38', 'C39'] }],
  },
  { question: 'can the sales people edit prices themselves', wanted: [{ claims: ['C04', 'C06', 'C56'] }] },
  {
    question: 'an AI chat feature with streamed answers will come next year',
    wanted: [{ claims: [...ASYNC, 'C33', 'C44', 'C45'] }],
  },
  { question: 'what did instagram do', wanted: [{ claims: ['C70'], facts: ['users'] }] },
  {
    question: 'does simple = cheap in the long run?',
    wanted: [{ claims: [...UPKEEP, 'C59'] }],
  },
  { question: 'we expect 100k users on day one', wanted: [{ claims: GROWTH }] },
  {
    question: 'is there something like the django admin for flask',
    wanted: [{ claims: ['C56', 'C14', 'C06', 'C29'] }],
  },
  {
    question: 'how often do they bring out new versions',
    wanted: [{ facts: ['versions'], claims: ['C61', 'C60'] }],
  },
  {
    question: 'our backend guy leaves in june, what then',
    wanted: [{ claims: ['C69', 'C20', 'C40', 'C19'] }],
  },
  {
    question: 'would we still be happy with flask when we have 50 screens',
    wanted: [{ claims: ['C15', 'C60', 'C74', 'C54', 'C70', 'C71', 'C73', 'C13', 'C16'] }],
  },
  {
    question: 'what’s the catch with django',
    wanted: [{ claims: ['C08', 'C25', 'C31', 'C38', 'C46', 'C72', 'C75', 'C18', 'C55'] }],
  },
  {
    question: 'Is it possible to start with Flask and go to Django afterwards?',
    wanted: [{ claims: ['C16', 'C56', 'C57'] }],
  },
  {
    question: 'can we get a landing page + waitlist live by friday',
    wanted: [{ claims: ['C21', 'C22', 'C23', 'C26'], kinds: ['landing_page'] }],
  },
  {
    question: 'does one of them protect against sql injection out of the box',
    wanted: [{ claims: ['C53', 'C74'] }],
  },
  {
    question: 'We have a React team. Does the backend framework even matter then?',
    wanted: [{ claims: ['C22', 'C51', 'C03', 'C68', 'C02'], kinds: ['client_backend'] }],
  },
  {
    question: 'django or flask for a chatbot that answers HR questions',
    wanted: [
      { kinds: ['model_serving', 'internal_tool', 'chat'], claims: ['C33', 'C44', 'C47', 'C76', 'C36'] },
    ],
  },
  {
    question: 'what about a multiplayer game with live scores',
    wanted: [{ kinds: ['chat'], claims: ['C47', 'C48', 'C49'] }],
  },
  { question: 'and for the invoices module?', wanted: [{ kinds: ['payments', 'erp'], claims: ['C53'] }] },
  { question: 'how do both do background jobs', wanted: [{ facts: ['background_jobs'] }] },
  { question: 'is there a free version', wanted: [{ facts: ['license'] }] },
  { question: 'flask is from 2010, django from 2005 right?', wanted: [{ facts: ['age'] }] },
  {
    question: 'can it send password reset mails',
    wanted: [{ facts: ['email', 'user_accounts'], claims: ['C04', 'C53'] }],
  },
  {
    question: 'which of the two do investors like more',
    wanted: [{ claims: ['C59', 'C64', 'C21', 'C24', 'C50', 'C42'] }],
  },
  { question: 'what do you mean by dated notes', wanted: ['unknown'] },
  { question: 'is spring boot a better choice for a bank', wanted: ['unknown'] },
  { question: 'wie lange dauert ein MVP mit Django?', wanted: ['foreign'] },
  { question: 'quelle est la différence entre les deux ?', wanted: ['foreign'] },
  { question: 'who decides in the end', wanted: ['unknown'] },
  { question: 'how come you are so sure about flask', wanted: ['card'] },
  { question: 'explain the result pls', wanted: ['card'] },
  {
    question: 'our product owner changes his mind every sprint',
    wanted: [{ claims: ['C12', 'C52', 'C57'] }],
  },
  {
    question: 'we only have 2 devs, both python seniors',
    wanted: [{ claims: ['C41', 'C58', 'C30', 'C39'], facts: ['team_knowledge'] }],
  },
  { question: 'do i lose something if i ignore the django ORM', wanted: [{ claims: ['C38', 'C04'] }] },
  {
    question: 'does django force me to use its templates with vue',
    wanted: [{ claims: ['C22', 'C08', 'C38', 'C75'] }],
  },
  {
    question: 'are there any big names running on flask',
    wanted: [{ facts: ['users'], claims: ['C64', 'C09', 'C17'] }],
  },
  {
    question: 'Flask apps tend to become spaghetti, no?',
    wanted: [{ claims: ['C40', 'C14', 'C54', 'C15', 'C74', 'C60'] }],
  },
  { question: 'what would a mistake here cost us', wanted: [{ claims: ['C02', 'C56', 'C57'] }] },
  { question: 'time to first prototype in days?', wanted: [{ claims: ['C21', 'C22', 'C23', 'C74', 'C26'] }] },
  {
    question: 'an event driven system with rabbitmq and 12 workers, flask ok?',
    wanted: [{ claims: ['C25', 'C34', 'C35', 'C36', 'C37'] }],
  },
  { question: 'does either have gdpr stuff built in', wanted: [{ claims: ['C53', 'C74', 'C04'] }] },
  { question: 'is python fast enough for this at all', wanted: ['unknown'] },
  { question: 'how many stars on github', wanted: [{ claims: ['C62', 'C63', 'C64'] }] },
  { question: 'when will django 6.2 be out', wanted: [{ facts: ['versions'], claims: ['C61'] }] },
  {
    question: 'what’s more future proof',
    wanted: [{ claims: ['C61', 'C64', 'C73', 'C12', 'C57', 'C42', 'C18', 'C60', 'C52'] }],
  },
  {
    question: 'can we mix in a flask service later if we go django now',
    wanted: [{ claims: ['C65', 'C16', 'C57'] }],
  },
  {
    question: 'thoughts on using flask for an intranet with 30 departments',
    wanted: [{ kinds: ['content_site', 'internal_tool'], claims: ['C09', 'C17', 'C64', 'C65', 'C15'] }],
  },
  {
    question: 'which one do you suggest for someone who only did data science before',
    wanted: [{ claims: ['C58', 'C72', 'C28', 'C20', 'C01', 'C24', 'C69'] }],
  },
  {
    question: 'Can you use Flask for large scale applications?',
    wanted: [{ claims: ['C15', 'C60', 'C70', 'C71', 'C74', 'C73'] }],
  },
  {
    question: 'is django still worth it in 2026',
    wanted: [{ claims: ['C01', 'C62', 'C63', 'C64', 'C61', 'C73', 'C76'], facts: ['versions'] }],
  },
  { question: 'What are the main security differences', wanted: [{ claims: ['C53', 'C74'] }] },
  { question: 'How does the ORM of Django compare to SQLAlchemy?', wanted: [{ claims: ['C38', 'C04'] }] },
  {
    question: 'do we have to write more code with flask?',
    wanted: [{ claims: ['C29', 'C55', 'C72', 'C14', 'C27', 'C04', 'C54'] }],
  },
  {
    question: 'Can Flask handle 10k requests per minute',
    wanted: [{ claims: ['C13', 'C16', 'C66', 'C67', 'C70', 'C71', 'C05'] }],
  },
  {
    question: 'which companies regret choosing flask',
    wanted: [{ claims: ['C56', 'C57', 'C74'], facts: ['users'] }],
  },
  {
    question: 'I need user registration and password reset, what is quicker?',
    wanted: [{ claims: ['C04', 'C21', 'C53', 'C74'], facts: ['user_accounts'] }],
  },
  { question: 'what if we need an admin later on', wanted: [{ claims: ['C56', 'C57', 'C06'] }] },
  {
    question: 'is it a problem that django is so big',
    wanted: [{ claims: ['C55', 'C72', 'C10', 'C08', 'C75'] }],
  },
  {
    question: 'who should use flask?',
    wanted: [{ claims: ['C25', 'C30', 'C31', 'C33', 'C34', 'C35', 'C36', 'C37', 'C39', 'C44', 'C55'] }],
  },
  {
    question: 'whats faster to develop with',
    wanted: [{ claims: ['C21', 'C22', 'C67', 'C74', 'C27', 'C58'] }],
  },
  {
    question: 'Does it make sense to write microservices in django',
    wanted: [{ claims: ['C25', 'C34', 'C35', 'C36'] }],
  },
  {
    question: 'does the article say anything about databases',
    wanted: [{ claims: ['C04', 'C31', 'C38', 'C39'], facts: ['databases'] }],
  },
  {
    question: 'how reliable is the article anyway, its from 2019',
    wanted: [{ claims: ['C68', 'C76', 'C01'] }],
  },
  {
    question: 'Flask or Django for a booking site of a hairdresser?',
    wanted: [{ kinds: ['booking', 'company_site'] }],
  },
  {
    question: 'django or flask for an ai agent backend with streaming',
    wanted: [{ kinds: ['model_serving', 'chat', 'api'], claims: ['C33', 'C47', 'C76'] }],
  },
  {
    question: 'flask vs django for internal HR tool with excel import?',
    wanted: [{ kinds: ['internal_tool'] }],
  },
  {
    question: 'Should I use Django or Flask to build a REST API for a mobile app',
    wanted: [{ kinds: ['mobile_backend', 'api'] }],
  },
  { question: 'which is better for a personal portfolio', wanted: [{ kinds: ['landing_page'] }] },
  {
    question: 'we’re a charity with 3 volunteers and need a website with donations',
    wanted: [{ kinds: ['company_site', 'website', 'payments'], claims: ['C04', 'C10', 'C21'] }],
  },
  { question: 'can i host both on the same server', wanted: [{ claims: ['C65'], facts: ['deployment'] }] },
  { question: 'does django have built in caching', wanted: [{ claims: ['C04'] }] },
  { question: 'which has better type hints support', wanted: ['unknown'] },
  { question: 'does flask have something like signals', wanted: ['unknown'] },
  { question: 'what is the difference between a project and an app in django', wanted: ['unknown'] },
  { question: 'can you make a poll?', wanted: ['unknown'] },
  { question: 'how do I vote', wanted: ['unknown'] },
  { question: 'what time is standup', wanted: ['unknown'] },
  { question: 'go would be much faster than both', wanted: ['unknown'] },
  { question: 'hat jemand Erfahrung mit Flask im Team?', wanted: ['foreign'] },
  { question: 'why is it only leaning django?', wanted: ['card'] },
  { question: 'why not flask for us?', wanted: ['card'] },
  { question: 'what are your reasons for this verdict', wanted: ['card'] },
  {
    question: 'ok and if we drop the admin requirement?',
    wanted: [{ claims: ['C55', 'C56', 'C06', 'C57'] }],
  },
  {
    question: 'does the size of the team matter',
    wanted: [{ claims: ['C19', 'C20', 'C41', 'C69', 'C40', 'C58'] }],
  },
  {
    question: 'is it easier to find a freelancer for django or for flask?',
    wanted: [{ claims: ['C19', 'C62', 'C63'] }],
  },
  {
    question: 'we want to try out htmx and some new frontend stuff',
    wanted: [{ claims: ['C22', 'C33', 'C45', 'C49', 'C46'] }],
  },
  {
    question: 'how long does a flask extension live usually?',
    wanted: [{ claims: ['C60', 'C61', 'C40', 'C54'] }],
  },
  {
    question: 'does django slow down when the project gets bigger',
    wanted: [{ claims: ['C13', 'C16', 'C70', 'C15', 'C73', 'C66'] }],
  },
  {
    question: 'can we keep the old php site and only add an api in flask next to it',
    wanted: [{ claims: ['C65', 'C51', 'C36'], kinds: ['api'] }],
  },
  {
    question: 'is there any reason NOT to take django here',
    wanted: [{ claims: ['C08', 'C25', 'C31', 'C33', 'C36', 'C38', 'C46', 'C55', 'C72', 'C75', 'C51'] }],
  },
  { question: 'what would a CTO of a startup do', wanted: [{ claims: ['C21', 'C24', 'C25'] }] },
  {
    question: 'we are not sure if customers will like it',
    wanted: [{ claims: ['C12', 'C52', 'C57', 'C23', 'C21'] }],
  },
  {
    question: 'Whats the biggest disadvantage of flask in production?',
    wanted: [{ claims: ['C15', 'C29', 'C54', 'C60', 'C74', 'C53'] }],
  },
  { question: 'do they both support python 3.13', wanted: [{ facts: ['python_versions'] }] },
  { question: 'unit tests easier in flask or django?', wanted: [{ facts: ['testing'] }] },
  { question: 'is flask even still maintained?', wanted: [{ facts: ['versions'], claims: ['C60', 'C61'] }] },
  { question: 'whats the licence situation', wanted: [{ facts: ['license'] }] },
  {
    question: 'How easy is it to swap the database later?',
    wanted: [{ facts: ['databases', 'migrations'], claims: ['C38', 'C31', 'C04', 'C39'] }],
  },
  {
    question: 'does flask make us choose too many things ourselves',
    wanted: [{ claims: ['C14', 'C29', 'C31', 'C40', 'C54', 'C69', 'C30'] }],
  },
  {
    question: 'what would django cost us in flexibility',
    wanted: [{ claims: ['C38', 'C75', 'C18', 'C30', 'C08'] }],
  },
  {
    question: 'Is Flask good enough for an enterprise?',
    wanted: [{ claims: ['C09', 'C17', 'C64', 'C65', 'C15', 'C74'] }],
  },
  {
    question: 'I dont understand why people prefer django',
    wanted: [{ claims: ['C01', 'C04', 'C69', 'C73', 'C13', 'C17', 'C64', 'C21'] }],
  },
  { question: 'can a designer work with the templates', wanted: [{ claims: ['C08', 'C04', 'C07', 'C22'] }] },
  { question: 'what was that project with falcon about', wanted: [{ claims: ['C51'] }] },
  {
    question: 'any experience with scaling flask to many teams?',
    wanted: [{ claims: ['C15', 'C40', 'C70', 'C71', 'C13', 'C16', 'C20'] }],
  },
  {
    question: 'we need it live before christmas, realistic with flask?',
    wanted: [{ claims: ['C21', 'C22', 'C74', 'C23', 'C67'] }],
  },
  {
    question: 'our data scientists want to publish their models',
    wanted: [{ claims: ['C33', 'C36', 'C44', 'C76', 'C45'], kinds: ['model_serving'] }],
  },
  {
    question: 'is the django admin enough or do we have to build our own backoffice',
    wanted: [{ claims: ['C06', 'C07', 'C56'] }],
  },
  { question: 'whats better for seo', wanted: ['unknown'] },
  {
    question: 'how many lines of code is a hello world in each',
    wanted: [{ claims: ['C55', 'C72', 'C58', 'C28'] }],
  },
  { question: 'do flask devs earn more than django devs', wanted: ['unknown'] },
  { question: 'is laravel dead', wanted: ['unknown'] },
  { question: 'Is it harder to deploy Django than Flask?', wanted: [{ facts: ['deployment'] }] },
  {
    question: 'could we be locked in with django',
    wanted: [{ claims: ['C16', 'C56', 'C57', 'C75', 'C38', 'C18'] }],
  },
  {
    question: 'what do the authors do for their own big clients',
    wanted: [{ claims: ['C65', 'C69', 'C17'] }],
  },
  {
    question: 'my team of 4 juniors will build a ticket shop for concerts, django or flask',
    wanted: [{ kinds: ['booking', 'shop'] }],
  },
  {
    question: 'flask or django for crawling websites and showing the results',
    wanted: [{ kinds: ['engineers_tool', 'data_dashboard'] }],
  },
  {
    question: 'For a small restaurant with online orders which would you use',
    wanted: [{ kinds: ['shop', 'company_site'] }],
  },
  { question: 'what about an API only thing', wanted: [{ kinds: ['api'], claims: ['C51', 'C76', 'C55'] }] },
  { question: 'and security wise?', wanted: [{ claims: ['C53', 'C74'] }] },
  { question: 'and long term?', wanted: [{ claims: ['C18', 'C54', 'C60', 'C61', 'C73', 'C74', 'C15'] }] },
  { question: 'performance?', wanted: [{ claims: ['C66', 'C67'] }] },
  { question: 'isnt that outdated?', wanted: [{ claims: ['C47', 'C76', 'C01', 'C62', 'C45', 'C46'] }] },
  { question: 'are you sure', wanted: ['unknown'] },
  { question: 'why do you think django is safer', wanted: [{ claims: ['C53', 'C74'] }] },
  { question: 'how did you come to that result', wanted: ['card'] },
  { question: 'why should we listen to this card', wanted: ['card'] },
  {
    question: 'our ops people only know python and bash, what can they maintain easier',
    wanted: [{ claims: ['C37', 'C58', 'C18', 'C28', 'C72', 'C44'], facts: ['team_knowledge'] }],
  },
  {
    question: 'would you still start with flask if it might become a product later?',
    wanted: [{ claims: ['C11', 'C12', 'C13', 'C16', 'C57', 'C56'] }],
  },
  {
    question: 'Is Django faster than Flask in development speed?',
    wanted: [{ claims: ['C21', 'C67', 'C22', 'C58'] }],
  },
  { question: 'does Flask support multithreading', wanted: ['unknown'] },
  { question: 'are there good forms in flask', wanted: [{ facts: ['forms'] }] },
  { question: 'how to do i18n', wanted: [{ facts: ['translation'] }] },
  { question: 'we store files from customers, up to 5 GB each', wanted: [{ facts: ['uploads'] }] },
  { question: 'does the framework matter for hiring', wanted: [{ claims: ['C19', 'C62', 'C63'] }] },
  { question: 'what if the main flask maintainer stops', wanted: [{ claims: ['C60', 'C61'] }] },
  {
    question: 'I heard Django is dying because of FastAPI, true?',
    wanted: [{ claims: ['C01', 'C25', 'C33', 'C51', 'C76', 'C62', 'C64'] }],
  },
  { question: 'which framework has more security built in', wanted: [{ claims: ['C53', 'C74'] }] },
  { question: 'Does Flask scale as well as Django?', wanted: [{ claims: ['C13', 'C16', 'C70', 'C71'] }] },
  {
    question: 'we want to split the app into small parts later, is that possible with django',
    wanted: [{ claims: ['C34', 'C36', 'C25', 'C65', 'C35', 'C57', 'C16', 'C08', 'C75'] }],
  },
  {
    question: 'how much does it cost to rewrite flask app in django',
    wanted: [{ claims: ['C56', 'C57', 'C16'] }],
  },
  {
    question: 'who else in the industry uses django',
    wanted: [{ facts: ['users'], claims: ['C62', 'C63', 'C64', 'C17', 'C09'] }],
  },
  {
    question: 'can someone without programming skills change the content?',
    wanted: [{ claims: ['C06', 'C56', 'C04'], facts: ['cms'] }],
  },
  {
    question: 'is django suitable for real time apps like chat?',
    wanted: [{ claims: ['C47', 'C48', 'C49'], kinds: ['chat'] }],
  },
  {
    question: 'what would speak for flask in our case',
    wanted: [{ claims: ['C25', 'C28', 'C30', 'C31', 'C33', 'C34', 'C35', 'C36', 'C39', 'C55', 'C58'] }],
  },
  { question: 'any downsides if we take both?', wanted: [{ claims: ['C65'] }] },
  {
    question: 'which is the safer choice if requirements change a lot',
    wanted: [{ claims: ['C12', 'C52', 'C57'] }],
  },
  { question: 'is flask more lightweight', wanted: [{ claims: ['C28', 'C55', 'C66', 'C71', 'C72'] }] },
  {
    question: 'we’re building an online course platform with videos. django?',
    wanted: [{ kinds: ['learning_platform'] }],
  },
  { question: 'Django or Flask for an e-commerce site with 50k products', wanted: [{ kinds: ['shop'] }] },
  {
    question: 'flask or django for a telegram bot admin panel?',
    wanted: [{ kinds: ['internal_tool', 'chat', 'engineers_tool'], claims: ['C06', 'C56'] }],
  },
  {
    question: 'Is Flask or Django better for data science?',
    wanted: [{ kinds: ['data_dashboard', 'model_serving'], claims: ['C33', 'C44', 'C63', 'C58', 'C45'] }],
  },
  { question: 'what about documentation, which is better documented', wanted: [{ claims: ['C62', 'C61'] }] },
  { question: 'do both have an ORM', wanted: [{ claims: ['C04', 'C14', 'C29', 'C38'] }] },
  { question: 'whos behind flask, a company?', wanted: ['unknown'] },
  { question: 'Which is more pythonic?', wanted: ['unknown'] },
  { question: 'how do i connect flask with postgres', wanted: ['unknown'] },
  { question: 'should we pick vue or react with django', wanted: [{ claims: ['C22'] }] },
  {
    question: 'is 6 weeks enough for an MVP?',
    wanted: [{ claims: ['C21', 'C22', 'C23', 'C24', 'C26', 'C74'] }],
  },
  {
    question: 'our customer wants to host and maintain it himself after a year',
    wanted: [{ claims: ['C69', 'C18', 'C61', 'C54', 'C73'] }],
  },
  {
    question: 'how stable are the APIs of django between releases',
    wanted: [{ claims: ['C61', 'C73', 'C42', 'C60'] }],
  },
  { question: 'can we do TDD with both', wanted: [{ facts: ['testing'] }] },
  { question: 'is there an LTS of flask', wanted: [{ claims: ['C61', 'C60'], facts: ['versions'] }] },
  {
    question: 'what happened between 2019 and now',
    wanted: [{ claims: ['C76', 'C01', 'C47', 'C62', 'C63'], facts: ['versions'] }],
  },
  { question: 'why is the verdict django?', wanted: ['card'] },
  { question: 'what would change your mind', wanted: ['card'] },
  { question: 'pourquoi pas flask ?', wanted: ['foreign'] },
  { question: 'merci beaucoup pour ton aide, et la sécurité ?', wanted: ['foreign'] },
  { question: 'is it true that most startups use django', wanted: [{ claims: ['C21', 'C24', 'C25'] }] },
  { question: 'Will my developers be happier with flask', wanted: [{ claims: ['C41', 'C42', 'C18'] }] },
  { question: 'is there vendor lock-in', wanted: [{ claims: ['C16', 'C56', 'C57', 'C69'] }] },
  {
    question: 'how hard is it to find bugs in flask apps of others',
    wanted: [{ claims: ['C40', 'C54', 'C60', 'C20', 'C14'] }],
  },
  { question: 'can we use pydantic / type checking with django', wanted: ['unknown'] },
  { question: 'GDPR data export, which one helps', wanted: [{ claims: ['C53', 'C74', 'C04', 'C06'] }] },
  {
    question: 'would you use flask for a website with 5 pages',
    wanted: [
      {
        claims: ['C55', 'C58', 'C71', 'C72', 'C10', 'C28', 'C36'],
        kinds: ['website', 'landing_page', 'company_site'],
      },
    ],
  },
  {
    question: 'what do we lose when we choose flask',
    wanted: [{ claims: ['C04', 'C14', 'C29', 'C54', 'C74', 'C15', 'C13', 'C06', 'C56'] }],
  },
  {
    question: 'whats your opinion on django for banks',
    wanted: [{ claims: ['C09', 'C17', 'C53', 'C64'], kinds: ['fintech'] }],
  },
  { question: 'Is Django overkill for small projects?', wanted: [{ claims: ['C10', 'C55', 'C72', 'C71'] }] },
  {
    question: 'What is Django best for?',
    wanted: [
      {
        claims: [
          'C01',
          'C04',
          'C09',
          'C10',
          'C11',
          'C12',
          'C13',
          'C15',
          'C16',
          'C17',
          'C21',
          'C52',
          'C57',
          'C70',
          'C73',
        ],
      },
    ],
  },
  {
    question: 'does anyone still start new projects with flask',
    wanted: [{ claims: ['C62', 'C63', 'C64', 'C76', 'C01', 'C33'], facts: ['versions', 'users'] }],
  },
  {
    question: 'Can I build a REST API with just Flask?',
    wanted: [{ kinds: ['api'], claims: ['C51', 'C28', 'C29', 'C55', 'C36'] }],
  },
  {
    question: 'how would a junior get along with the flask codebase',
    wanted: [{ claims: ['C20', 'C40', 'C58', 'C28', 'C72'] }],
  },
  {
    question: 'what costs more over the whole lifetime',
    wanted: [{ claims: ['C15', 'C18', 'C54', 'C60', 'C73', 'C74', 'C61'] }],
  },
  { question: 'we need multi-language support, 12 languages', wanted: [{ facts: ['translation'] }] },
  { question: 'does flask include an admin', wanted: [{ claims: ['C56', 'C06', 'C29', 'C14', 'C04'] }] },
  { question: 'is it easy to break security by accident in flask', wanted: [{ claims: ['C53', 'C74'] }] },
  {
    question: 'whats a typical project for flask',
    wanted: [{ claims: ['C25', 'C28', 'C30', 'C33', 'C34', 'C35', 'C36', 'C37', 'C55', 'C71'] }],
  },
  {
    question: 'do we get into trouble if the project explodes',
    wanted: [{ claims: ['C13', 'C16', 'C11', 'C70', 'C15'] }],
  },
  { question: 'which is older', wanted: [{ facts: ['age'] }] },
  { question: 'which tests come with django', wanted: [{ facts: ['testing'] }] },
  {
    question: 'i have to present this to the board, whats the business argument',
    wanted: [{ claims: ['C18', 'C42', 'C50', 'C59', 'C67', 'C02', 'C05', 'C64'] }],
  },
  {
    question: 'could fastapi + django admin be an option',
    wanted: [{ claims: ['C65', 'C76', 'C25', 'C33', 'C51', 'C01'] }],
  },
  { question: 'django or flask for a warehouse management system', wanted: [{ kinds: ['erp'] }] },
  {
    question: 'we want to make a news site with comments. which framework?',
    wanted: [{ kinds: ['content_site'] }],
  },
  { question: 'flask or django for my bachelor thesis', wanted: [{ kinds: ['student_project'] }] },
  {
    question: 'whats best for a prototype with llm stuff in it',
    wanted: [{ claims: ['C21', 'C23', 'C33', 'C44', 'C45', 'C25'], kinds: ['llm_app'] }],
  },
  {
    question: 'dashboards for our devops, flask right?',
    wanted: [{ kinds: ['engineers_tool', 'data_dashboard'], claims: ['C37', 'C44'] }],
  },
  {
    question: 'our architecture group wants event sourcing and cqrs',
    wanted: [{ claims: ['C30', 'C38', 'C33', 'C39', 'C25', 'C34', 'C31', 'C75'] }],
  },
  { question: 'is the learning effort worth it', wanted: [{ claims: ['C58', 'C72', 'C20', 'C28'] }] },
  {
    question: 'will we need fewer people with django?',
    wanted: [{ claims: ['C18', 'C21', 'C27', 'C19', 'C54', 'C15', 'C05', 'C20'] }],
  },
  { question: 'does django work with htmx', wanted: [{ claims: ['C22', 'C04', 'C08'] }] },
  {
    question: 'how do the two handle dependencies',
    wanted: [{ claims: ['C60', 'C61', 'C14', 'C40', 'C54'] }],
  },
  { question: 'can you order pizza', wanted: ['unknown'] },
  { question: 'who is responsible for the card', wanted: ['unknown'] },
  { question: 'how do I print in python', wanted: ['unknown'] },
  { question: 'what about ruby', wanted: ['unknown'] },
  { question: 'spring vs django?', wanted: ['unknown'] },
  { question: 'is tailwind good', wanted: ['unknown'] },
  { question: 'reasons please', wanted: ['card'] },
  { question: 'on what basis do you recommend flask here', wanted: ['card'] },
  { question: 'ist django sicherer', wanted: ['foreign'] },
  {
    question: 'two devs, one year, 200 users. which?',
    wanted: [{ claims: ['C01', 'C03', 'C10', 'C68', 'C11', 'C13', 'C16', 'C70', 'C71', 'C41', 'C58'] }],
  },
  {
    question: 'can we start small and add stuff later with flask',
    wanted: [{ claims: ['C11', 'C12', 'C16', 'C56', 'C57', 'C28', 'C29', 'C14', 'C10'] }],
  },
  {
    question: 'does one of them have better performance when many people upload files at once',
    wanted: [{ claims: ['C66', 'C67', 'C13', 'C70'], facts: ['uploads'] }],
  },
  {
    question: 'do they force a database on us',
    wanted: [{ claims: ['C38', 'C31', 'C04', 'C39'], facts: ['databases'] }],
  },
  { question: 'are the docs of flask good', wanted: [{ claims: ['C62', 'C58', 'C61'] }] },
  {
    question: 'I’d prefer flask because of its simplicity, convince me otherwise',
    wanted: [{ claims: ['C59', 'C15', 'C29', 'C54', 'C60', 'C74', 'C10', 'C72', 'C56', 'C57'] }],
  },
  {
    question: 'we’ll probably go from 1k to 500k users next year, is flask going to hold up?',
    wanted: [{ claims: ['C13', 'C16', 'C70', 'C71'] }],
  },
  {
    question: 'what do you pick if you need something to show investors in 6 weeks',
    wanted: [{ claims: ['C21', 'C24', 'C23', 'C26'] }],
  },
  {
    question: 'is the built-in admin really good enough for our support folks?',
    wanted: [{ claims: ['C06'] }],
  },
  { question: 'can we let customers log in to the django admin', wanted: [{ claims: ['C07'] }] },
  { question: 'which of the two has a better security track record', wanted: [{ claims: ['C53', 'C74'] }] },
  { question: 'is it easier to find django people or flask people?', wanted: [{ claims: ['C19', 'C62'] }] },
  {
    question: 'we want to split everything into tiny services, does django make sense?',
    wanted: [{ claims: ['C34', 'C36', 'C25'] }],
  },
  {
    question: 'how much pain is it to keep a flask app alive for 5 years',
    wanted: [{ claims: ['C54', 'C60', 'C18', 'C61'] }],
  },
  { question: 'is flask actually faster', wanted: [{ claims: ['C66', 'C67'] }] },
  { question: 'what’s more popular these days?', wanted: [{ claims: ['C63', 'C64', 'C62'] }] },
  {
    question: 'can a proof of concept in Django turn into the real thing later?',
    wanted: [{ claims: ['C23', 'C12'] }],
  },
  {
    question: 'I hate the Django way of doing things, why should I accept its conventions',
    wanted: [{ claims: ['C08', 'C17', 'C18', 'C20'] }],
  },
  {
    question: 'what happens when half our team leaves and new devs have to pick it up',
    wanted: [{ claims: ['C20', 'C19', 'C69', 'C40'] }],
  },
  { question: 'can I swap the Django ORM for SQLAlchemy?', wanted: [{ claims: ['C38'] }] },
  { question: 'do big corporations actually use Django', wanted: [{ claims: ['C09', 'C17', 'C64'] }] },
  {
    question: 'we don’t know yet what the product will be, we might pivot twice',
    wanted: [{ claims: ['C12', 'C52', 'C57', 'C13'] }],
  },
  { question: 'is flask simpler to learn for juniors', wanted: [{ claims: ['C58', 'C28', 'C72'] }] },
  { question: 'what if a Flask extension we rely on gets abandoned?', wanted: [{ claims: ['C60'] }] },
  { question: 'did anyone regret picking flask', wanted: [{ claims: ['C56'] }] },
  {
    question: 'can we mix them, django for the backoffice and flask for the rest',
    wanted: [{ claims: ['C65'] }],
  },
  { question: 'does django do async properly now?', wanted: [{ claims: ['C47', 'C48'] }] },
  { question: 'how old are these two frameworks', wanted: [{ facts: ['age'] }] },
  { question: 'does flask support python 3.14?', wanted: [{ facts: ['python_versions'] }] },
  { question: 'what’s the newest django version', wanted: [{ facts: ['versions'] }] },
  {
    question: 'how do database migrations work in Flask',
    wanted: [{ claims: ['C61'], facts: ['migrations'] }],
  },
  { question: 'can I send emails from flask', wanted: [{ facts: ['email'] }] },
  { question: 'which one is easier to test?', wanted: [{ facts: ['testing'] }] },
  { question: 'what about file uploads to S3', wanted: [{ facts: ['uploads'] }] },
  { question: 'can we deploy django on aws lambda or is it too heavy', wanted: [{ facts: ['deployment'] }] },
  { question: 'are both MIT licensed?', wanted: [{ facts: ['license'] }] },
  {
    question: 'how hard is social login (google, github) in either one',
    wanted: [{ facts: ['user_accounts'] }],
  },
  { question: 'should we use wagtail?', wanted: [{ facts: ['cms'] }] },
  { question: 'Does Flask have websockets', wanted: [{ claims: ['C47', 'C48', 'C49'] }] },
  { question: 'Django or Flask for an online store?', wanted: [{ kinds: ['shop'] }] },
  { question: 'which one for a personal blog', wanted: [{ kinds: ['blog'] }] },
  { question: 'we’re building a Slack bot, which one', wanted: [{ kinds: ['webhook'] }] },
  { question: 'best framework for serving a pytorch model', wanted: [{ kinds: ['model_serving'] }] },
  {
    question: 'Django or Flask for an internal dashboard that reads from Postgres',
    wanted: [{ kinds: ['data_dashboard', 'internal_tool'] }],
  },
  {
    question: 'flask or django for a hospital patient portal',
    wanted: [{ claims: ['C53'], kinds: ['health'] }],
  },
  {
    question: 'what would you use for a REST API behind a React Native app',
    wanted: [{ claims: ['C22', 'C51'], kinds: ['mobile_backend', 'api', 'client_backend'] }],
  },
  {
    question: 'how does background job processing work, do we need celery?',
    wanted: [{ facts: ['background_jobs'] }],
  },
  { question: 'why not just use FastAPI?', wanted: [{ claims: ['C76', 'C01', 'C25', 'C33', 'C51'] }] },
  { question: 'why did you recommend django here?', wanted: ['card'] },
  { question: 'what would have to change for you to say flask?', wanted: ['card'] },
  {
    question: 'is django secure and how fast is it compared to flask?',
    wanted: [{ claims: ['C53'] }, { claims: ['C66'] }],
  },
  {
    question: 'Three things: hosting cost, hiring, and can we get an admin later?',
    wanted: [{ claims: ['C56'] }, { claims: ['C19'] }],
  },
  { question: 'ok but what about upkeep?', wanted: [{ claims: ['C18', 'C54', 'C73', 'C60', 'C61'] }] },
  { question: 'who made you?', wanted: ['unknown'] },
  { question: 'what’s the capital of France', wanted: ['unknown'] },
  { question: 'can you book a meeting room for tomorrow', wanted: ['unknown'] },
  { question: 'hmm, not convinced. any counterargument?', wanted: ['card'] },
  { question: 'how much does a django developer earn', wanted: ['unknown'] },
  { question: 'does flask run on windows', wanted: ['unknown'] },
  { question: 'is rails better than django?', wanted: ['unknown'] },
  { question: 'whats the deal with gil-free python, does it matter here', wanted: ['unknown'] },
  { question: 'which one does Netflix use', wanted: ['unknown'] },
  { question: 'can the intern do it in a weekend with flask?', wanted: [{ claims: ['C58', 'C28', 'C72'] }] },
  { question: 'does it scale', wanted: [{ claims: ['C70', 'C71', 'C13'] }] },
  { question: 'welche ist besser für ein kleines projekt?', wanted: ['foreign'] },
  { question: 'my boss says flask is a toy, is that fair?', wanted: [{ claims: ['C29', 'C28', 'C71'] }] },
  {
    question: 'we’re 2 people with an idea and some seed money, which way would you go?',
    wanted: [{ claims: ['C24', 'C21', 'C23', 'C26'] }],
  },
  {
    question: 'will the thing fall over if we get featured on TV',
    wanted: [{ claims: ['C13', 'C16', 'C70', 'C71'] }],
  },
  {
    question: 'our ops team maintains 12 tiny internal daemons with a web face, flask?',
    wanted: [{ claims: ['C37', 'C36', 'C34'] }],
  },
  { question: 'can sales people fix typos in product texts themselves', wanted: [{ claims: ['C06'] }] },
  { question: 'does Django protect us from XSS out of the box', wanted: [{ claims: ['C53'] }] },
  {
    question: 'how quickly can a new hire ship something on a Django codebase?',
    wanted: [{ claims: ['C20'] }],
  },
  { question: 'are python devs who know flask rarer', wanted: [{ claims: ['C19', 'C62'] }] },
  { question: 'how much slower is django really', wanted: [{ claims: ['C66', 'C67'] }] },
  {
    question: 'is flask cheaper in the long term',
    wanted: [{ claims: ['C54', 'C18', 'C60', 'C73', 'C15'] }],
  },
  { question: 'does the ORM lock us in, could we use another one?', wanted: [{ claims: ['C38'] }] },
  {
    question: 'what do people mean when they say django is opinionated',
    wanted: [{ claims: ['C08', 'C75', 'C30', 'C38', 'C18'] }],
  },
  {
    question: 'isn’t 2018 survey data a bit old for judging popularity',
    wanted: [{ claims: ['C63', 'C64', 'C62'] }],
  },
  {
    question: 'we want to throw away the prototype anyway, does it still matter?',
    wanted: [{ claims: ['C23', 'C21'] }],
  },
  { question: 'can we add react later', wanted: [{ claims: ['C22'] }] },
  { question: 'what is the risk if we choose wrong?', wanted: [{ claims: ['C56', 'C57', 'C02'] }] },
  {
    question: 'does django come with login and password reset',
    wanted: [{ claims: ['C53', 'C04'], facts: ['user_accounts'] }],
  },
  { question: 'what do I need to run scheduled tasks', wanted: [{ facts: ['background_jobs'] }] },
  { question: 'which python do I need for django 6', wanted: [{ facts: ['python_versions'] }] },
  { question: 'do I have to pay anything to use either commercially?', wanted: [{ facts: ['license'] }] },
  { question: 'does flask have something like makemigrations', wanted: [{ facts: ['migrations'] }] },
  { question: 'is unit testing flask apps a hassle?', wanted: [{ facts: ['testing'] }] },
  { question: 'how do we get this on kubernetes', wanted: [{ facts: ['deployment'] }] },
  { question: 'any big names running flask?', wanted: [{ facts: ['users'] }] },
  {
    question: 'Flask or Django for a small charity’s donation page',
    wanted: [{ kinds: ['payments', 'company_site', 'landing_page', 'shop', 'website'] }],
  },
  {
    question: 'I’m making a CRUD app for tracking lab samples, Django?',
    wanted: [{ claims: ['C06', 'C10'], kinds: ['personal_app', 'internal_tool', 'erp'] }],
  },
  {
    question: 'Django or Flask for a webhook that forwards Stripe events to Slack',
    wanted: [{ kinds: ['webhook'] }],
  },
  { question: 'can you open a Jira ticket for this', wanted: ['unknown'] },
  { question: 'does flask support dark mode', wanted: ['unknown'] },
  { question: 'how many stars does your repo have', wanted: ['unknown'] },
  {
    question: 'so what did you base the verdict on, and is flask less secure?',
    wanted: ['card', { claims: ['C53', 'C74'] }],
  },
  {
    question: 'our app may go from a pilot with 20 users to the whole country',
    wanted: [{ claims: ['C11', 'C13', 'C16', 'C70'] }],
  },
  {
    question: 'is django too much for a page with one form',
    wanted: [{ claims: ['C10', 'C55', 'C72', 'C71', 'C58'] }],
  },
  {
    question: 'how do both cope with a Monday morning rush of logins',
    wanted: [{ claims: ['C13', 'C70', 'C71'] }],
  },
  {
    question: 'we’d be ripping out half the libraries each year with flask, right?',
    wanted: [{ claims: ['C60', 'C54', 'C40'] }],
  },
  { question: 'can an editor without coding skills manage the news section', wanted: [{ claims: ['C06'] }] },
  {
    question: 'who’s liable for patching security holes, us or the framework',
    wanted: [{ claims: ['C53', 'C74', 'C61'] }],
  },
  { question: 'our seniors threaten to quit if we take django', wanted: [{ claims: ['C41', 'C42', 'C18'] }] },
  {
    question: 'investors ask how we’d scale the dev team, which helps',
    wanted: [{ claims: ['C19', 'C20', 'C69'] }],
  },
  { question: 'do microservices rule out django?', wanted: [{ claims: ['C25', 'C34', 'C36'] }] },
  { question: 'is popularity even a good reason to choose', wanted: [{ claims: ['C63', 'C64', 'C62'] }] },
  { question: 'does raw speed matter for us', wanted: [{ claims: ['C66', 'C67', 'C50'] }] },
  { question: 'what convinced companies like Coras to not use either', wanted: [{ claims: ['C51'] }] },
  { question: 'could we start on flask and jump ship later?', wanted: [{ claims: ['C56', 'C57', 'C16'] }] },
  {
    question: 'is sticking to conventions slowing us down',
    wanted: [{ claims: ['C08', 'C17', 'C18', 'C20', 'C75'] }],
  },
  { question: 'does django handle image uploads by itself', wanted: [{ facts: ['uploads'] }] },
  {
    question: 'do I get password hashing and permissions in flask',
    wanted: [{ claims: ['C53', 'C74'], facts: ['user_accounts'] }],
  },
  {
    question: 'does either support postgres and mysql at the same time',
    wanted: [{ claims: ['C04', 'C38'], facts: ['databases'] }],
  },
  { question: 'how many years has flask been around', wanted: [{ facts: ['age'] }] },
  { question: 'do we need redis for background jobs', wanted: [{ facts: ['background_jobs'] }] },
  { question: 'is there form validation in flask', wanted: [{ facts: ['forms'] }] },
  {
    question: 'do we need translations built in, is django better there?',
    wanted: [{ facts: ['translation'] }],
  },
  {
    question: 'which one for a small helpdesk with tickets and email?',
    wanted: [{ kinds: ['crm', 'internal_tool'] }],
  },
  {
    question: 'Flask or Django to put a web UI on top of our python scripts',
    wanted: [{ kinds: ['small_tool', 'engineers_tool', 'internal_tool', 'data_dashboard'] }],
  },
  {
    question: 'we’re building a photo sharing app, what fits',
    wanted: [{ kinds: ['files', 'social_network'] }],
  },
  {
    question: 'Django vs Flask for a multiplayer quiz with live scores',
    wanted: [{ kinds: ['chat', 'learning_platform'] }],
  },
  { question: 'what’s the wifi password', wanted: ['unknown'] },
  { question: 'can you ping Maria about the deployment', wanted: ['unknown'] },
  { question: 'does django work with barcode scanners', wanted: ['unknown'] },
  { question: 'is it going to rain in Berlin', wanted: ['unknown'] },
  {
    question: 'why not both? and what about costs',
    wanted: [{ claims: ['C65'] }, { claims: ['C54', 'C18', 'C15', 'C57', 'C74'] }],
  },
  {
    question: 'we expect maybe 50 users ever, but lots of features, which?',
    wanted: [{ claims: ['C10', 'C15', 'C70', 'C73'] }],
  },
  {
    question: 'how painful would it be to bolt an admin onto flask in year two',
    wanted: [{ claims: ['C56', 'C14', 'C57'] }],
  },
  { question: 'is Flask good enough for a bank', wanted: [{ claims: ['C09', 'C17', 'C53', 'C64', 'C74'] }] },
  {
    question: 'new devs keep asking where things are in our flask code, is that normal',
    wanted: [{ claims: ['C40', 'C20', 'C14'] }],
  },
  {
    question: 'would a demo for the board be done sooner with Django',
    wanted: [{ claims: ['C21', 'C22', 'C23'] }],
  },
  {
    question: 'which stack gives fewer dependency headaches',
    wanted: [{ claims: ['C60', 'C40', 'C54', 'C61'] }],
  },
  { question: 'does adopting new stuff take longer in Django', wanted: [{ claims: ['C46', 'C45', 'C49'] }] },
  { question: 'is it true flask devs are happier', wanted: [{ claims: ['C41', 'C42'] }] },
  {
    question: 'do we pay for django’s speed of development with slower pages',
    wanted: [{ claims: ['C67', 'C66'] }],
  },
  { question: 'what if the client wants to take the code in house', wanted: [{ claims: ['C69', 'C20'] }] },
  {
    question: 'when is flask clearly the right call',
    wanted: [
      { claims: ['C25', 'C28', 'C30', 'C31', 'C33', 'C34', 'C35', 'C36', 'C37', 'C39', 'C55', 'C58', 'C71'] },
    ],
  },
  {
    question: 'we have no idea which database or queue we’ll use',
    wanted: [{ claims: ['C31', 'C39', 'C32', 'C57'] }],
  },
  { question: 'can django send SMS or mails', wanted: [{ facts: ['email'] }] },
  { question: 'is sqlite supported by django', wanted: [{ facts: ['databases'] }] },
  {
    question: 'does django have groups and permissions',
    wanted: [{ claims: ['C53', 'C04'], facts: ['user_accounts'] }],
  },
  { question: 'what’s the latest flask', wanted: [{ facts: ['versions'] }] },
  { question: 'who built something big with flask', wanted: [{ facts: ['users'] }] },
  { question: 'can I sell software built with django', wanted: [{ facts: ['license'] }] },
  {
    question: 'Django or Flask for a gym membership app',
    wanted: [{ kinds: ['saas', 'company_site', 'personal_app', 'booking', 'forum', 'crm'] }],
  },
  {
    question: 'which for an LLM chatbot with streaming answers?',
    wanted: [{ kinds: ['llm_app', 'chat', 'webhook'] }],
  },
  { question: 'is there a dress code on Friday', wanted: ['unknown'] },
  { question: 'how tall is the Eiffel tower', wanted: ['unknown'] },
  { question: 'what’s your favourite color', wanted: ['unknown'] },
  { question: 'does flask have a mascot', wanted: ['unknown'] },
  { question: 'why did the card say likely and not clearly', wanted: ['card'] },
  {
    question: 'we’re a consultancy and switch people between projects a lot, what’s better',
    wanted: [{ claims: ['C20', 'C19', 'C69', 'C40'] }],
  },
  {
    question: 'is there a point where flask becomes too expensive to run',
    wanted: [{ claims: ['C54', 'C60', 'C15', 'C74'] }],
  },
  { question: 'will users notice a speed difference', wanted: [{ claims: ['C66', 'C67'] }] },
  { question: 'can support agents look up customers without SQL', wanted: [{ claims: ['C06'] }] },
  {
    question: 'can I go from idea to beta in a month with django',
    wanted: [{ claims: ['C21', 'C23', 'C24', 'C26'] }],
  },
  {
    question: 'we might add payments, chat and a mobile app later, nobody knows yet',
    wanted: [{ claims: ['C12', 'C13', 'C57', 'C52', 'C16', 'C11'] }],
  },
  {
    question: 'how do I argue for django in front of the CEO',
    wanted: [{ claims: ['C50', 'C42', 'C18', 'C59', 'C69', 'C01', 'C73', 'C17'] }],
  },
  { question: 'what did the social platform for MBA students use', wanted: [{ claims: ['C26', 'C27'] }] },
  {
    question: 'does flask give us more control over the architecture',
    wanted: [{ claims: ['C30', 'C38', 'C75'] }],
  },
  {
    question: 'isn’t django’s monolith a problem for us with 30 lambdas',
    wanted: [{ claims: ['C34', 'C36', 'C25', 'C75'] }],
  },
  {
    question: 'our data is really sensitive, medical stuff',
    wanted: [{ claims: ['C53', 'C74'], kinds: ['health'] }],
  },
  {
    question: 'do more people use fastapi than flask by now',
    wanted: [{ claims: ['C63', 'C76', 'C33', 'C25', 'C01', 'C64'] }],
  },
  {
    question: 'is learning django in two weeks realistic',
    wanted: [{ claims: ['C58', 'C72', 'C28', 'C20'] }],
  },
  { question: 'is celery a must', wanted: [{ facts: ['background_jobs'] }] },
  {
    question: 'does flask have users and roles',
    wanted: [{ claims: ['C53', 'C04'], facts: ['user_accounts'] }],
  },
  { question: 'which versions of python work with flask', wanted: [{ facts: ['python_versions'] }] },
  {
    question: 'can django talk to oracle',
    wanted: [{ claims: ['C04', 'C31', 'C38', 'C39'], facts: ['databases'] }],
  },
  { question: 'is there a CMS for django you’d suggest', wanted: [{ claims: ['C06'], facts: ['cms'] }] },
  { question: 'Django or Flask for a ticket shop for concerts?', wanted: [{ kinds: ['booking', 'shop'] }] },
  {
    question: 'small internal app to approve vacation requests, flask ok?',
    wanted: [{ claims: ['C10', 'C06', 'C55'], kinds: ['internal_tool'] }],
  },
  { question: 'Flask vs Django for an object detection API', wanted: [{ kinds: ['model_serving', 'api'] }] },
  { question: 'should we order pizza', wanted: ['unknown'] },
  { question: 'does flask speak bluetooth', wanted: ['unknown'] },
  { question: 'what time is the standup', wanted: ['unknown'] },
  { question: 'on which answers is that verdict based', wanted: ['card'] },
  {
    question: 'is it cheaper to keep a big flask app or a big django app going',
    wanted: [{ claims: ['C54', 'C60', 'C15', 'C18', 'C73', 'C74'] }],
  },
  { question: 'what made Coras pick Flask', wanted: [{ claims: ['C51'] }] },
  { question: 'will juniors get lost in django', wanted: [{ claims: ['C20', 'C58', 'C72'] }] },
  {
    question: 'can we launch with flask in two weeks if it’s only three endpoints',
    wanted: [{ claims: ['C58', 'C36', 'C55', 'C21', 'C71', 'C34'] }],
  },
  { question: 'how secure is the admin by default', wanted: [{ claims: ['C53', 'C06', 'C74'] }] },
  {
    question: 'does it make sense to have django for the core and small flask services around',
    wanted: [{ claims: ['C65'] }],
  },
  { question: 'is the popularity of flask falling', wanted: [{ claims: ['C63', 'C64', 'C62'] }] },
  {
    question: 'we value freedom over everything, does that settle it?',
    wanted: [{ claims: ['C30', 'C38', 'C75'] }],
  },
  {
    question: 'our product is basically 15 forms and an approval flow, no growth expected',
    wanted: [{ claims: ['C10', 'C04', 'C15'] }],
  },
  {
    question: 'how hard is moving from flask to fastapi',
    wanted: [{ claims: ['C56', 'C57', 'C76', 'C33', 'C25', 'C51'] }],
  },
  { question: 'which one handles async better', wanted: [{ claims: ['C47', 'C48', 'C49'] }] },
  { question: 'does django need a lot of RAM', wanted: [{ claims: ['C66', 'C67'] }] },
  {
    question: 'are there plugins for payments in django',
    wanted: [{ claims: ['C14', 'C60', 'C04', 'C53', 'C40', 'C39'] }],
  },
  { question: 'does flask come with an email module', wanted: [{ facts: ['email'] }] },
  { question: 'who owns django, is it really free?', wanted: [{ facts: ['license'] }] },
  { question: 'what do I use for tests in django', wanted: [{ facts: ['testing'] }] },
  {
    question: 'Flask or Django for an internal wiki',
    wanted: [{ kinds: ['content_site', 'internal_tool'] }],
  },
  {
    question: 'django for a public API with billing?',
    wanted: [{ claims: ['C51', 'C53'], kinds: ['api', 'payments', 'saas'] }],
  },
  {
    question: 'good morning all, quick question: flask or django for a portfolio site?',
    wanted: [{ kinds: ['landing_page'] }],
  },
  { question: 'who broke the build', wanted: ['unknown'] },
  { question: 'can django read my mind', wanted: ['unknown'] },
  { question: 'what’s the population of Norway', wanted: ['unknown'] },
  { question: 'does flask do OCR', wanted: ['unknown'] },
  { question: 'tell me a joke', wanted: ['unknown'] },
  { question: 'how confident is that verdict?', wanted: ['card'] },
];
