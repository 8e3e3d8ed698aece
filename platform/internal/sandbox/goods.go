package sandbox

import "github.com/selorax/sandbox/platform/internal/sandbox/demo"

// categories names the shelves of the demo catalogue by their ids.
var categories = map[int64]map[int64]string{
	demo.FloristBD: {5: "Bouquets", 6: "Garlands", 7: "Gifts", 8: "Plants", 9: "Cakes"},
	demo.DhakaGadgetHouse: {
		11: "Phones", 12: "Phone accessories", 13: "Audio", 14: "Wearables", 15: "Power", 16: "Computing", 17: "Cameras", 18: "Home",
	},
	demo.NakshiCrafts: {21: "Needlework", 22: "Sarees", 23: "Pottery", 24: "Jute and cane", 25: "Brass"},
}

// goods is the demo catalogue: 16 products of the florist, 14 of the gadget
// shop and 10 of the craft shop. Prices are in taka, stock in pieces.
var goods = map[int64][]good{
	demo.FloristBD: {
		{"Premium Rose Bouquet", "bouquet-rose", 5, "Long-stemmed roses from Savar, wrapped in tissue and ribbon.", []kind{
			{"12 roses", 850, 24, 600, ""}, {"24 roses", 1500, 9, 1100, ""}, {"50 roses", 2800, 4, 2200, "bouquet-ruby"}}},
		{"Sunflower Morning", "bouquet-marigold", 5, "Sunflowers and greenery for a bright start.", []kind{
			{"Small", 750, 16, 500, ""}, {"Large", 1350, 3, 900, ""}}},
		{"Mixed Gerbera Bunch", "bouquet-clay", 5, "Gerberas in the colours of the season.", []kind{
			{"10 stems", 600, 31, 450, ""}, {"20 stems", 1100, 18, 850, ""}}},
		{"Pastel Bridal Bouquet", "bouquet-ivory", 5, "White roses and tuberose, made to order.", []kind{
			{"Hand-tied", 3500, 2, 900, ""}}},
		{"Lily Basket", "basket-lilac", 5, "Lilies in a cane basket with a moist sponge.", []kind{
			{"Medium", 1850, 7, 1800, ""}, {"Large", 2600, 0, 2600, ""}}},
		{"Garden Flower Basket", "basket-rose", 5, "Roses, daisies and gypsophila in a cane basket.", []kind{
			{"Medium", 1450, 12, 1700, ""}, {"Large", 2100, 6, 2400, "basket-marigold"}}},
		{"Marigold Garland", "garland-marigold", 6, "Fresh marigold strings for gaye holud and doorways.", []kind{
			{"5 strings", 400, 60, 800, ""}, {"10 strings", 750, 44, 1600, ""}, {"25 strings", 1700, 15, 4000, ""}}},
		{"Tuberose Garland", "garland-ivory", 6, "Rajanigandha strung on the morning of delivery.", []kind{
			{"Single", 250, 38, 150, ""}, {"Pair", 450, 22, 300, ""}}},
		{"Red Rose Box", "rosebox-ruby", 7, "Roses in a round box that keeps them fresh for a week.", []kind{
			{"9 roses", 1450, 11, 700, ""}, {"16 roses", 2200, 8, 1100, ""}, {"25 roses", 3200, 1, 1600, ""}}},
		{"Pink Rose Box", "rosebox-rose", 7, "The rose box in soft pink.", []kind{
			{"9 roses", 1450, 13, 700, ""}, {"16 roses", 2200, 5, 1100, ""}}},
		{"Orchid in a Ceramic Pot", "orchid-lilac", 8, "A phalaenopsis that flowers for two months.", []kind{
			{"Purple", 1650, 14, 1500, ""}, {"Pink", 1650, 10, 1500, "orchid-rose"}, {"White", 1750, 0, 1500, "orchid-ivory"}}},
		{"Money Plant", "plant-mint", 8, "Needs little light and less care.", []kind{
			{"Small pot", 350, 52, 900, ""}, {"Hanging pot", 550, 27, 1300, "plant-teal"}}},
		{"Snake Plant", "plant-teal", 8, "Upright leaves in a terracotta pot.", []kind{
			{"Table size", 650, 19, 1800, "plant-clay"}, {"Floor size", 1400, 6, 4200, ""}}},
		{"Chocolate Celebration Cake", "cake-clay", 9, "Dark chocolate sponge, baked the same morning.", []kind{
			{"1 pound", 850, 10, 500, ""}, {"2 pound", 1600, 8, 950, ""}, {"3 pound", 2300, 4, 1400, ""}}},
		{"Vanilla Birthday Cake", "cake-rose", 9, "Vanilla sponge with buttercream roses.", []kind{
			{"1 pound", 800, 12, 500, ""}, {"2 pound", 1500, 9, 950, ""}}},
		{"Teddy Bear", "teddy-sand", 7, "A soft friend to send along with flowers.", []kind{
			{"30 cm", 650, 25, 350, ""}, {"60 cm", 1350, 7, 900, ""}, {"90 cm", 2250, 0, 1700, "teddy-clay"}}},
	},
	demo.DhakaGadgetHouse: {
		{"Aurora A15 Smartphone", "phone-graphite", 11, "6.6 inch display, 5,000 mAh battery, official warranty.", []kind{
			{"4/64 GB Graphite", 14500, 18, 400, ""}, {"6/128 GB Graphite", 17500, 9, 400, ""},
			{"6/128 GB Sky", 17500, 3, 400, "phone-sky"}, {"8/256 GB Indigo", 21500, 0, 400, "phone-indigo"}}},
		{"Clear Grip Phone Case", "phone-rose", 12, "Shock-absorbing corners, fits the Aurora A15.", []kind{
			{"Rose", 350, 90, 60, ""}, {"Mint", 350, 74, 60, "phone-mint"}}},
		{"Wave Wireless Earbuds", "earbuds-ivory", 13, "Six hours on a charge, twenty-four with the case.", []kind{
			{"White", 1890, 40, 120, ""}, {"Graphite", 1890, 26, 120, "earbuds-graphite"}}},
		{"Studio Headphones", "headphones-indigo", 13, "Over-ear, foldable, with noise cancelling.", []kind{
			{"Indigo", 4200, 11, 480, ""}, {"Graphite", 4200, 4, 480, "headphones-graphite"}}},
		{"Pulse Smart Watch", "watch-graphite", 14, "Heart rate, sleep and calls on the wrist.", []kind{
			{"Graphite", 3450, 21, 150, ""}, {"Rose", 3450, 8, 150, "watch-rose"}, {"Teal", 3450, 2, 150, "watch-teal"}}},
		{"Active Fitness Band", "watch-mint", 14, "Steps, sleep and swimming, two weeks on a charge.", []kind{
			{"Standard", 1950, 33, 90, ""}}},
		{"Power Bank 20,000 mAh", "powerbank-teal", 15, "Charges a phone four times, and two at once.", []kind{
			{"Teal", 2200, 28, 420, ""}, {"Graphite", 2200, 17, 420, "powerbank-graphite"}}},
		{"65 W Fast Charger", "charger-ivory", 15, "Two USB-C ports, one USB-A, for phones and laptops.", []kind{
			{"With cable", 1650, 45, 220, ""}, {"Without cable", 1400, 19, 160, ""}}},
		{"Boom Bluetooth Speaker", "speaker-ruby", 13, "Waterproof, twelve hours, pairs with a second one.", []kind{
			{"Ruby", 2750, 15, 620, ""}, {"Sky", 2750, 6, 620, "speaker-sky"}}},
		{"Mechanical Keyboard", "keyboard-graphite", 16, "Compact layout with Bangla legends, red switches.", []kind{
			{"Wired", 3200, 12, 850, ""}, {"Wireless", 4600, 1, 900, ""}}},
		{"Silent Wireless Mouse", "mouse-sky", 16, "Quiet clicks, one battery a year.", []kind{
			{"Sky", 850, 58, 110, ""}, {"Graphite", 850, 49, 110, "mouse-graphite"}}},
		{"Pocket Camera", "camera-graphite", 17, "4K video and a tilting screen.", []kind{
			{"Body", 32500, 2, 560, ""}}},
		{"Dual-band Router", "router-graphite", 16, "AC1200, four antennas, for a whole flat.", []kind{
			{"AC1200", 2450, 24, 540, ""}, {"AX1800", 5200, 7, 620, "router-ivory"}}},
		{"LED Desk Lamp", "lamp-marigold", 18, "Three shades of light, dims by touch, runs through load shedding.", []kind{
			{"Marigold", 1250, 30, 700, ""}, {"Mint", 1250, 0, 700, "lamp-mint"}}},
	},
	demo.NakshiCrafts: {
		{"Nakshi Kantha Bedspread", "kantha-ruby", 21, "Hand-stitched in Jamalpur; every piece takes six weeks.", []kind{
			{"Single", 3800, 6, 1400, ""}, {"Double", 5600, 4, 2100, ""}, {"King", 7200, 1, 2600, "kantha-indigo"}}},
		{"Jamdani Saree", "sari-teal", 22, "Woven by hand in Rupganj, 84 count cotton.", []kind{
			{"Teal", 8500, 3, 500, ""}, {"Ruby", 8500, 5, 500, "sari-ruby"}, {"Ivory", 9200, 0, 500, "sari-ivory"}}},
		{"Handloom Cotton Saree", "sari-marigold", 22, "Soft Tangail cotton for every day.", []kind{
			{"Marigold", 1850, 22, 450, ""}, {"Indigo", 1850, 17, 450, "sari-indigo"}}},
		{"Terracotta Vase", "vase-clay", 23, "Thrown and fired in Bijoypur.", []kind{
			{"20 cm", 550, 26, 900, ""}, {"35 cm", 950, 13, 2100, ""}}},
		{"Glazed Bud Vase", "vase-sky", 23, "For a single stem.", []kind{
			{"Sky", 420, 34, 400, ""}, {"Mint", 420, 29, 400, "vase-mint"}}},
		{"Jute Shopping Bag", "bag-sand", 24, "Natural jute with cotton handles.", []kind{
			{"Plain", 380, 80, 250, ""}, {"Printed", 480, 61, 250, "bag-ruby"}}},
		{"Cane Storage Basket", "cane-sand", 24, "Woven in Sylhet from rattan cane.", []kind{
			{"Medium", 890, 9, 700, ""}, {"Large", 1290, 5, 1100, ""}}},
		{"Embroidered Cushion Cover", "cushion-indigo", 21, "Kantha stitch on cotton, 40 by 40 cm.", []kind{
			{"Indigo", 520, 40, 180, ""}, {"Ruby", 520, 35, 180, "cushion-ruby"}, {"Marigold", 520, 3, 180, "cushion-marigold"}}},
		{"Clay Tea Set", "teapot-clay", 23, "A pot and four cups, fired twice.", []kind{
			{"5 pieces", 1650, 8, 1900, ""}}},
		{"Brass Lantern", "lantern-marigold", 25, "Pierced by hand in Dhamrai.", []kind{
			{"Small", 1450, 10, 900, ""}, {"Large", 2400, 2, 1700, ""}}},
	},
}
