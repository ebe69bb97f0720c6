package corpus

import "strings"

// A people is a pool of names with the language and places that go with them.
type people struct {
	language    string // BCP 47
	given       []name
	family      []name
	familyFirst bool // in its own script
	places      []place
	hello       string // a sentence of the language
}

// A name in Latin letters and, where that is another one, in its own script.
type name struct{ latin, local string }

type place struct{ city, country, zone string }

// names reads "latin" or "latin=local" words.
func names(list string) []name {
	var all []name
	for _, word := range strings.Fields(list) {
		latin, local, _ := strings.Cut(word, "=")
		all = append(all, name{latin, local})
	}
	return all
}

// peoples are the portal's twelve languages.
var peoples = []people{
	{"en", names("Alice Ben Charlotte Daniel Erin Fiona George Hannah Isaac Jack Kiri Liam Maya Nadia Owen Priya Quentin Rose Samuel Tessa Una Victor Wendy Zoe"),
		names("Adams Baker Campbell Douglas Evans Fraser Grant Hughes Irwin Jackson Kelly Lewis Morgan Nash O’Brien Parker Quinn Reid Smith Taylor Underwood Vaughan Wright Young"), false,
		[]place{{"Edinburgh", "GB", "Europe/London"}, {"Toronto", "CA", "America/Toronto"}, {"Boston", "US", "America/New_York"}, {"Seattle", "US", "America/Los_Angeles"}, {"Dublin", "IE", "Europe/Dublin"}, {"Wellington", "NZ", "Pacific/Auckland"}, {"Sydney", "AU", "Australia/Sydney"}},
		"Bring the question you are shy about."},
	{"es", names("Alejandra Bruno Carmen Diego Elena Fabián Gabriela Hugo Inés Joaquín Lucía Manuel Noelia Óscar Pilar Ramón Sofía Tomás Valeria Ximena"),
		names("Álvarez Bermúdez Castaño Domínguez Echeverría Fernández García Herrera Ibáñez Jiménez López Martínez Núñez Ortega Peña Quintana Rodríguez Suárez Torres Velázquez"), false,
		[]place{{"Sevilla", "ES", "Europe/Madrid"}, {"Bogotá", "CO", "America/Bogota"}, {"Córdoba", "AR", "America/Argentina/Cordoba"}, {"Puebla", "MX", "America/Mexico_City"}, {"Valparaíso", "CL", "America/Santiago"}},
		"Cuéntame primero qué has probado ya."},
	{"fr", names("Amélie Baptiste Camille Désiré Élodie Fabrice Gaëlle Henri Inès Jérôme Léa Mathieu Noémie Océane Pascal Rémi Solène Théo Yasmine Zacharie"),
		names("Aubert Bernard Chevalier Dubois Étienne Fontaine Gauthier Hébert Jourdain Lambert Moreau Nguema Olivier Petit Rousseau Sané Tremblay Vidal"), false,
		[]place{{"Lyon", "FR", "Europe/Paris"}, {"Liège", "BE", "Europe/Brussels"}, {"Montréal", "CA", "America/Toronto"}, {"Dakar", "SN", "Africa/Dakar"}, {"Genève", "CH", "Europe/Zurich"}},
		"Dis-moi ce que tu voudrais savoir faire à Noël."},
	{"de", names("Anke Björn Clara Dieter Elif Friederike Günter Heike Ines Jörg Katharina Lukas Mareike Niklas Özlem Petra Ralf Sabine Till Ute"),
		names("Aydın Bäcker Claußen Dörfler Engel Fischer Größler Hoffmann Jäger Köhler Lehmann Müller Neumann Oßwald Pfeiffer Richter Schröder Thiele Vogt Weiß"), false,
		[]place{{"Leipzig", "DE", "Europe/Berlin"}, {"Graz", "AT", "Europe/Vienna"}, {"Basel", "CH", "Europe/Zurich"}},
		"Am liebsten rede ich beim Gehen."},
	{"pt", names("Ana Bernardo Conceição Davi Estêvão Flávia Gonçalo Helena Inácio João Lívia Márcio Natália Otávio Raquel Simão Tânia Vitória"),
		names("Almeida Batista Cardoso Duarte Esteves Ferreira Gonçalves Henriques Lourenço Magalhães Nascimento Oliveira Pereira Ribeiro Santos Teixeira"), false,
		[]place{{"Coimbra", "PT", "Europe/Lisbon"}, {"Recife", "BR", "America/Recife"}, {"Maputo", "MZ", "Africa/Maputo"}, {"Praia", "CV", "Atlantic/Cape_Verde"}},
		"Prefiro perguntas difíceis a elogios fáceis."},
	{"sw", names("Amani Baraka Chiku Daudi Eshe Faraji Halima Imani Juma Kito Lulu Makena Neema Omari Rehema Salma Tumaini Zuri"),
		names("Abdalla Chacha Hamisi Juma Kamau Lyimo Mushi Mwangi Ndege Njoroge Odhiambo Otieno Shayo Wanjala Wekesa"), false,
		[]place{{"Mombasa", "KE", "Africa/Nairobi"}, {"Arusha", "TZ", "Africa/Dar_es_Salaam"}, {"Kampala", "UG", "Africa/Kampala"}},
		"Karibu, tuanze na swali moja dogo."},
	{"ru", names("Alexey=Алексей Boris=Борис Vera=Вера Galina=Галина Dmitry=Дмитрий Elena=Елена Ivan=Иван Ksenia=Ксения Lev=Лев Marina=Марина Nikita=Никита Olga=Ольга Pavel=Павел Svetlana=Светлана Tatiana=Татьяна Yuri=Юрий"),
		names("Abramov=Абрамов Belov=Белов Vinokur=Винокур Gorenko=Горенко Zhuk=Жук Ilyin=Ильин Kravets=Кравец Litvin=Литвин Malko=Малко Novak=Новак Orlov=Орлов Petrenko=Петренко Sedykh=Седых Chernykh=Черных"), false,
		[]place{{"Riga", "LV", "Europe/Riga"}, {"Almaty", "KZ", "Asia/Almaty"}, {"Tbilisi", "GE", "Asia/Tbilisi"}},
		"Начнём с того, что уже получилось."},
	{"ar", names("Amina=أمينة Bilal=بلال Dalia=داليا Farid=فريد Ghada=غادة Hassan=حسن Iman=إيمان Jamal=جمال Karim=كريم Layla=ليلى Mona=منى Nabil=نبيل Rania=رانيا Salim=سليم Tariq=طارق Yusra=يسرى"),
		names("Abbas=عباس Badawi=بدوي Darwish=درويش Fayed=فايد Ghanem=غانم Haddad=حداد Idris=إدريس Jaber=جابر Khalil=خليل Mansour=منصور Nasser=ناصر Qasim=قاسم Sabbagh=صباغ Tamimi=تميمي Zidan=زيدان"), false,
		[]place{{"Amman", "JO", "Asia/Amman"}, {"Alexandria", "EG", "Africa/Cairo"}, {"Rabat", "MA", "Africa/Casablanca"}, {"Muscat", "OM", "Asia/Muscat"}},
		"أبدأ دائما بسؤال واحد صغير."},
	{"hi", names("Aarti=आरती Bharat=भरत Deepa=दीपा Gaurav=गौरव Harsh=हर्ष Indira=इंदिरा Jyoti=ज्योति Kavita=कविता Lakshmi=लक्ष्मी Manoj=मनोज Neha=नेहा Om=ओम Prem=प्रेम Ravi=रवि Sunita=सुनीता Vikram=विक्रम"),
		names("Agarwal=अग्रवाल Bhatt=भट्ट Chauhan=चौहान Desai=देसाई Gupta=गुप्ता Iyer=अय्यर Joshi=जोशी Kapoor=कपूर Mehta=मेहता Nair=नायर Pandey=पांडेय Rao=राव Sharma=शर्मा Thakur=ठाकुर Verma=वर्मा"), false,
		[]place{{"Pune", "IN", "Asia/Kolkata"}, {"Kathmandu", "NP", "Asia/Kathmandu"}, {"Port Louis", "MU", "Indian/Mauritius"}},
		"पहले बताइए, आपने क्या आज़माया है।"},
	{"zh-Hans", names("Bowen=博文 Chen=晨 Fang=芳 Guoqiang=国强 Hui=慧 Jing=静 Kai=凯 Lan=兰 Mei=梅 Ning=宁 Peng=鹏 Qing=青 Rui=锐 Shan=珊 Tao=涛 Wei=伟 Xin=欣 Yu=宇"),
		names("Bai=白 Cao=曹 Deng=邓 Feng=冯 Gao=高 He=何 Jiang=江 Kong=孔 Li=李 Ma=马 Pan=潘 Qian=钱 Sun=孙 Tang=唐 Wang=王 Xu=徐 Yang=杨 Zhang=张"), true,
		[]place{{"Chengdu", "CN", "Asia/Shanghai"}, {"Singapore", "SG", "Asia/Singapore"}, {"Penang", "MY", "Asia/Kuala_Lumpur"}},
		"先说说你已经试过什么。"},
	{"ja", names("Akira=明 Chika=千佳 Daichi=大地 Emi=恵美 Haruto=はると Kaori=香織 Makoto=誠 Nao=直 Ren=蓮 Sakura=さくら Takumi=匠 Yui=結衣"),
		names("Abe=阿部 Endo=遠藤 Fujita=藤田 Hayashi=林 Ito=伊藤 Kimura=木村 Mori=森 Nakamura=中村 Ono=小野 Saito=斎藤 Tanaka=田中 Yamamoto=山本"), true,
		[]place{{"Sapporo", "JP", "Asia/Tokyo"}, {"Kyoto", "JP", "Asia/Tokyo"}},
		"小さな質問から始めましょう。"},
	{"ko", names("Bora=보라 Dohyun=도현 Eunji=은지 Hana=하나 Jiho=지호 Kyung=경 Minseo=민서 Nari=나리 Seojun=서준 Sora=소라 Taeyang=태양 Yuna=유나"),
		names("Ahn=안 Baek=백 Choi=최 Han=한 Jang=장 Kang=강 Kim=김 Lim=임 Moon=문 Park=박 Shin=신 Yoon=윤"), true,
		[]place{{"Busan", "KR", "Asia/Seoul"}, {"Daejeon", "KR", "Asia/Seoul"}},
		"작은 질문부터 시작합시다."},
}
