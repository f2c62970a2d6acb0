// Questions that people asked in public about Django and Flask, each with its page and the answer it deserves.

/** One of the claims, one of the facts, the kind of project, that the bot reads English, or that it doesn't know. */
export type Wanted =
  | { readonly claims: readonly string[] }
  | { readonly facts: readonly string[] }
  | { readonly kind: string; readonly claims: readonly string[] }
  | 'foreign'
  | 'unknown';

export interface FoundQuestion {
  readonly question: string;
  readonly wanted: Wanted;
  readonly url: string;
}

const FOR_FLASK = ['C25', 'C30', 'C31', 'C33', 'C34', 'C35', 'C36', 'C39', 'C55', 'C58', 'C28'];
const FOR_DJANGO = ['C01', 'C04', 'C13', 'C16', 'C21', 'C57', 'C70', 'C73'];
const AGAINST_DJANGO = ['C08', 'C25', 'C31', 'C33', 'C36', 'C38', 'C39', 'C46', 'C51', 'C55', 'C72', 'C75'];
const UPKEEP = ['C15', 'C18', 'C54', 'C60', 'C61', 'C73', 'C74'];
const MOVING = ['C16', 'C56', 'C57'];
const OVERKILL = ['C10', 'C55', 'C71', 'C72'];
const LEARNING = ['C28', 'C58', 'C72'];
const ALTERNATIVES = ['C25', 'C33', 'C51', 'C76'];
const MODEL_SERVING = ['C33', 'C36', 'C44', 'C45', 'C49', 'C51', 'C55', 'C76'];

/** The wanted answers were written before the bot's were read. At first, 30 of these 50 were right. */
export const FOUND: readonly FoundQuestion[] = [
  {
    question: 'Maybe Django will be better than Flask ? I think that it will be better to maintain',
    wanted: { claims: UPKEEP },
    url: 'https://github.com/fossasia/open-event-server/issues/1',
  },
  {
    question: 'Why Django over Flask?',
    wanted: { claims: FOR_DJANGO },
    url: 'https://github.com/RoboSats/robosats/issues/1',
  },
  {
    question:
      'We are thinking to write backend of LabelLab in django and django rest framework, or stay with flask?',
    wanted: { claims: ['C51', 'C22', ...MOVING] },
    url: 'https://github.com/scorelab/LabelLab/issues/398',
  },
  {
    question:
      'Django may allow for a known organization of what goes where in the code, which may help others to understand our project?',
    wanted: { claims: ['C08', 'C17', 'C20', 'C40', 'C69', 'C73'] },
    url: 'https://github.com/augurlabs/augur/issues/22',
  },
  {
    question: 'Was Flask considered ? For a project that isn’t massive I think Flask is a better choice.',
    wanted: { claims: [...OVERKILL, 'C58'] },
    url: 'https://github.com/KalleHallden/BookOmatic/issues/38',
  },
  {
    question: 'Curious, why django? I fear it’d be overkill for our website.',
    wanted: { claims: OVERKILL },
    url: 'https://github.com/DataKind-DC/homelessness-service-navigator/issues/5',
  },
  {
    question: 'when are times that we would prefer to use Flask over Django?',
    wanted: { claims: FOR_FLASK },
    url: 'https://github.com/datamade/how-to/issues/25',
  },
  {
    question: 'what’s our path forward for minimizing the maintenance burden of our Flask apps?',
    wanted: { claims: UPKEEP },
    url: 'https://github.com/datamade/how-to/issues/25',
  },
  {
    question: 'What makes an app not "a good fit for Django"?',
    wanted: { claims: AGAINST_DJANGO },
    url: 'https://github.com/realpython/python-guide/issues/731',
  },
  {
    question: 'What is the threshold between "smaller" and larger applications?',
    wanted: { claims: ['C10', 'C15', 'C70', 'C71'] },
    url: 'https://github.com/realpython/python-guide/issues/731',
  },
  {
    question: 'I don’t know,why you choose Flask rather than Django?',
    wanted: { claims: FOR_FLASK },
    url: 'https://github.com/nickjj/build-a-saas-app-with-flask/issues/67',
  },
  {
    question: 'Is it better/easier to use alternatives such as django/fastapi?',
    wanted: { claims: ALTERNATIVES },
    url: 'https://github.com/industrial-optimization-group/DESDEO/issues/71',
  },
  {
    question: 'What about change Flask to FastAPI?',
    wanted: { claims: ALTERNATIVES },
    url: 'https://github.com/serengil/deepface/issues/870',
  },
  {
    question: 'It seems that FastAPI is much more efficient than Flask?',
    wanted: { claims: [...ALTERNATIVES, 'C66', 'C67'] },
    url: 'https://github.com/panoptes-organization/panoptes/issues/102',
  },
  {
    question:
      'In order to reduce the complexity in our own code base, I’d like to begin the migration to Django, is it worth the effort?',
    wanted: { claims: MOVING },
    url: 'https://github.com/Screenly/Anthias/issues/558',
  },
  {
    question: 'Django o flask de backend? Podemos usar Django o flask en el backend de nuestro proyecto?',
    wanted: 'foreign',
    url: 'https://github.com/PUC-Infovis/syllabus-2019/issues/33',
  },
  {
    question: 'Convert from Flask to Django? I imagine it won’t be too hard',
    wanted: { claims: MOVING },
    url: 'https://github.com/freelawproject/bigcases2/issues/20',
  },
  {
    question: 'which web framework is most suitable for facial recognition, flask or django',
    wanted: { kind: 'model_serving', claims: MODEL_SERVING },
    url: 'https://github.com/am0x2a/facial-recognition/issues/3',
  },
  {
    question: 'Which python api framework for the backend api, Flask or Django?',
    wanted: { kind: 'api', claims: ['C51', 'C55', 'C76'] },
    url: 'https://github.com/HHS/simpler-grants-gov/pull/121',
  },
  {
    question: 'Switch to flask implementation? Django seems like an overkill',
    wanted: { claims: OVERKILL },
    url: 'https://github.com/othreecodes/pyconngavi/issues/1',
  },
  {
    question: 'Switch to flask insead of django?',
    wanted: { claims: MOVING },
    url: 'https://github.com/wintercooled/NodeMonitor-Python-Django/issues/3',
  },
  {
    question: 'Django or Flask? Or perhaps, when would you choose Django and when would you choose Flask?',
    wanted: { claims: [...FOR_DJANGO, ...FOR_FLASK] },
    url: 'https://powerfulpython.com/blog/django-or-flask-lets-settle-this-right-now/',
  },
  {
    question: 'Should I learn Flask or Django?',
    wanted: { claims: LEARNING },
    url: 'https://blog.teclado.com/learn-python-flask-or-django/amp',
  },
  {
    question: 'Django vs Flask — Which should you learn first?',
    wanted: { claims: LEARNING },
    url: 'https://alixaprodev.medium.com/django-vs-flask-which-should-you-learn-first-cfbcf45d015c',
  },
  {
    question: 'Which framework offers better scalability?',
    wanted: { claims: ['C13', 'C16', 'C70', 'C71'] },
    url: 'https://debuggersociety.blogspot.com/2024/04/flask-vs-django.html',
  },
  {
    question: 'Which framework has a steeper learning curve?',
    wanted: { claims: LEARNING },
    url: 'https://debuggersociety.blogspot.com/2024/04/flask-vs-django.html',
  },
  {
    question: 'Can I use both Flask and Django together?',
    wanted: { claims: ['C65'] },
    url: 'https://debuggersociety.blogspot.com/2024/04/flask-vs-django.html',
  },
  {
    question: 'Can Django do APIs only?',
    wanted: { claims: ['C51'] },
    url: 'https://netverks.com/django/django-vs-flask',
  },
  {
    question: 'Is Flask always faster?',
    wanted: { claims: ['C66', 'C67'] },
    url: 'https://netverks.com/django/django-vs-flask',
  },
  {
    question: 'Should I stick with Flask or learn Django?',
    wanted: { claims: [...LEARNING, ...MOVING] },
    url: 'https://zyyazan.sy/?p=7119',
  },
  {
    question: 'Flask vs Django: Which is Better for Modern Web Payments Applications?',
    wanted: { kind: 'payments', claims: ['C53', 'C74', 'C04', 'C06'] },
    url: 'https://clipartbitch.com/Flask-vs-Django--Which-is-Better-for-Modern-Web-Payments-Applications-',
  },
  {
    question: 'Which Python Framework is Better for Mobile Application Development: Flask Or Django?',
    wanted: { kind: 'mobile_backend', claims: ['C22', 'C51'] },
    url: 'http://webdesigndubai.org/which-python-framework-is-better-for-mobile-application-development-flask-or-django/',
  },
  {
    question: 'Flask vs Django: Which Python framework is better for machine learning apps?',
    wanted: { kind: 'model_serving', claims: MODEL_SERVING },
    url: 'https://stackifydev.showmeproject.com/flask-vs-django-which-python-framework-is-better-for-machine-learning-apps',
  },
  {
    question: 'how many jobs are available for each of these frameworks?',
    wanted: { claims: ['C19', 'C62', 'C63'] },
    url: 'https://preettheman.medium.com/django-vs-flask-8ef76ce0ff0',
  },
  {
    question: 'Flask cannot handle large applications?',
    wanted: { claims: ['C15', 'C60', 'C70', 'C71', 'C73', 'C74'] },
    url: 'https://comparthing.com/comparison/programming/django-vs-flask',
  },
  {
    question: 'When is Django the wrong choice?',
    wanted: { claims: AGAINST_DJANGO },
    url: 'http://the7bits.com/blog/calendar/2017/4/',
  },
  {
    question: 'FastAPI vs Django vs Flask for my document processing SaaS serving thousands of users?',
    wanted: { kind: 'saas', claims: ['C24', 'C21', 'C13', 'C16', 'C11', 'C53', 'C06'] },
    url: 'https://hackernoon.com/fastapi-vs-flask-vs-django-how-this-framework-choice-nearly-killed-my-startup',
  },
  {
    question: 'Why we should use Flask or Django, which is Better for Web Applications?',
    wanted: { claims: [...FOR_DJANGO, ...FOR_FLASK] },
    url: 'https://dhirubhai.net/pulse/what-should-use-flask-django-which-better-web-om-veer-singh-',
  },
  {
    question: 'What is Flask’s main advantage over Django?',
    wanted: { claims: FOR_FLASK },
    url: 'https://python.0x3d.site/question/what-is-flask-s-main-advantage-over-django',
  },
  {
    question: 'What is a Flask and what are its advantages?',
    wanted: { claims: FOR_FLASK },
    url: 'https://www.safalta.com/doubts/job-interview-skills/6370e2f917eaad326d6ffcb6',
  },
  {
    question:
      'Can someone explain me why run() is not good for production environment? how we have to deploy our app then?',
    wanted: { facts: ['deployment'] },
    url: 'https://www.python.org/pipermail/flask/2017-July/000876.html',
  },
  {
    question: 'I’m currently working on an E commerce platform like shopify, Django or Flask?',
    wanted: { kind: 'shop', claims: ['C04', 'C06', 'C13', 'C53', 'C56', 'C15'] },
    url: 'https://github.com/saleor/saleor/discussions/15699',
  },
  {
    question: 'How do you know when it’s time to switch from Flask to Django?',
    wanted: { claims: [...MOVING, 'C15'] },
    url: 'https://www.triophase.com/?p=22875',
  },
  {
    question: 'What Python version can I use with Django?',
    wanted: { facts: ['python_versions'] },
    url: 'https://docs.djangoproject.com/en/6.0/faq/install/',
  },
  {
    question: 'What does “Django” mean, and how do you pronounce it?',
    wanted: 'unknown',
    url: 'https://docs.huihoo.com/django/2.1-zh-cn/_sources/faq/general.txt',
  },
  {
    question: 'Which one do you already know? My team is better at flask',
    wanted: { facts: ['team_knowledge'] },
    url: 'https://dev.to/sizan_mahmud0_e7c3fd0cb68/your-startup-is-dying-while-you-debate-django-vs-fastapi-2hcp',
  },
  {
    question: 'Explain me why Flask over Django for a blog application?',
    wanted: { kind: 'blog', claims: ['C04', 'C06', 'C22'] },
    url: 'https://hackernoon.com/use-django-or-end-up-building-a-django-6cce65eb7255',
  },
  {
    question: 'does Flask support sending emails',
    wanted: { facts: ['email'] },
    url: 'http://blog.miguelgrinberg.com/post/the-flask-mega-tutorial-part-xi-email-support',
  },
  {
    question: 'Flask or django for web-based Raspberry Pi sensor monitoring dashboard?',
    wanted: { kind: 'iot', claims: ['C37', 'C36', 'C55', 'C44', 'C58'] },
    url: 'https://git.tck.com.my/admin/rtu_v5/src/branch/main/.planning/research/STACK.md',
  },
  {
    question:
      'does my subscription and learning from your course can help me though, familiarize django tech stack',
    wanted: 'unknown',
    url: 'https://github.com/nickjj/build-a-saas-app-with-flask/issues/67',
  },
];

/** Found after the bot had been changed for the questions above: 18 of 25 were right then. Worked on since. */
export const FOUND_LATER: readonly FoundQuestion[] = [
  {
    question: 'Should we stick with flask and refactor, or should we restart with django?',
    wanted: { claims: MOVING },
    url: 'https://github.com/fossasia/open-event-server/issues/253',
  },
  {
    question: 'It seems that django might be easier to roll out features faster?',
    wanted: { claims: ['C21', 'C27', 'C67', 'C74'] },
    url: 'https://github.com/fossasia/open-event-server/issues/253',
  },
  {
    question: 'Is flask just as easy and powerful as django?',
    wanted: { claims: ['C04', 'C29', 'C52', ...LEARNING] },
    url: 'https://github.com/fossasia/open-event-server/issues/253',
  },
  {
    question: 'Anyways what’s wrong with Flask?',
    wanted: { claims: ['C15', 'C29', 'C54', 'C60', 'C74'] },
    url: 'https://github.com/fossasia/open-event-server/issues/253',
  },
  {
    question: 'flask with ACL out of the box?',
    wanted: { claims: ['C04', 'C14', 'C29', 'C53'] },
    url: 'https://github.com/fossasia/open-event-server/issues/253',
  },
  {
    question: 'flask with some sort of ORM with sql and nosql support?',
    wanted: { claims: ['C04', 'C14', 'C29', 'C31', 'C38'] },
    url: 'https://github.com/fossasia/open-event-server/issues/253',
  },
  {
    question: 'move from flask to django?',
    wanted: { claims: MOVING },
    url: 'https://github.com/bepasty/bepasty-server/issues/1',
  },
  {
    question: 'Se puede ocupar Django en vez de Flask?',
    wanted: 'foreign',
    url: 'https://github.com/IIC2413/Syllabus-2019-2/issues/189',
  },
  {
    question: 'Hola, se puede usar flask para hacer la pagina web ?',
    wanted: 'foreign',
    url: 'https://github.com/IIC2413/Syllabus-2024-1/issues/50',
  },
  {
    question:
      'And now I’m wondering should I move to Flask with all the cost that move has because then I can get contributors?',
    wanted: { claims: [...MOVING, 'C19', 'C20'] },
    url: 'https://github.com/holoviz/panel/issues/865',
  },
  {
    question: 'So for an analytics app framework like Panel why focus on Django and not Flask?',
    wanted: { claims: FOR_DJANGO },
    url: 'https://github.com/holoviz/panel/issues/865',
  },
  {
    question: 'Which is easier? Is it Flask or Django?',
    wanted: { claims: LEARNING },
    url: 'https://www.remittancesol.com/what-is-the-difference-between-django-and-flask/',
  },
  {
    question: 'What is the exact meaning of Flask and Django?',
    wanted: { claims: ['C04', 'C28'] },
    url: 'https://www.remittancesol.com/what-is-the-difference-between-django-and-flask/',
  },
  {
    question: 'Which one is easier to learn, flask or django',
    wanted: { claims: LEARNING },
    url: 'https://gee-tech.com/web/which-one-is-easier-to-learn-flask-or-django',
  },
  {
    question: 'What are the advantages of using Flask and Django together?',
    wanted: { claims: ['C65'] },
    url: 'https://statanalytica.com/blog/flask-vs-django/',
  },
  {
    question: 'Why do you need a framework?',
    wanted: 'unknown',
    url: 'https://statanalytica.com/blog/flask-vs-django/',
  },
  {
    question: 'Flask vs Django: Which Framework is Better for beginners',
    wanted: { claims: LEARNING },
    url: 'https://statanalytica.com/blog/flask-vs-django/',
  },
  {
    question: 'What is the difference between Django and Flask?',
    wanted: { claims: ['C28', 'C52', 'C69', ...FOR_DJANGO] },
    url: 'https://clouddevs.com/django/compare-with-flask/',
  },
  {
    question: 'Is Django more widely used than Flask?',
    wanted: { claims: ['C62', 'C63', 'C64'] },
    url: 'https://github.com/augurlabs/augur/issues/22',
  },
  {
    question:
      'Will Flask’s lightweight nature give your developers the freedom to build exactly what they want without constraints?',
    wanted: { claims: ['C30', 'C38', 'C75'] },
    url: 'https://www.hostitsmart.com/blog/difference-between-django-and-flask/',
  },
  {
    question: 'Do you all agree with making an adaptation of this project to django framework?',
    wanted: { claims: MOVING },
    url: 'https://github.com/sosbrumadinho/brumadinho_location/issues/37',
  },
  {
    question: 'Why not move all the web frameworks hell to django?',
    wanted: { claims: MOVING },
    url: 'https://github.com/cuckoosandbox/cuckoo/issues/515',
  },
  {
    question: 'Is Django a content-management-system (CMS)?',
    wanted: { facts: ['cms'] },
    url: 'https://docs.djangoproject.com/en/6.0/faq/general/',
  },
  {
    question: 'Is Django stable?',
    wanted: { claims: ['C42', 'C61', 'C64', 'C73'] },
    url: 'https://docs.djangoproject.com/en/6.0/faq/general/',
  },
  {
    question: 'Who uses Flask?',
    wanted: { facts: ['users'] },
    url: 'https://wakatime.com./blog/14-pirates-use-flask-the-navy-uses-django?page=2',
  },
];
