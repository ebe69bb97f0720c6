package corpus

import (
	"hash/fnv"
	"image"
	"image/color"
)

// PortraitOf draws the portrait of a mentor of the sample portal, by id: the look
// chosen for that mentor, or for an id that has none, one that follows from the id.
func PortraitOf(id string, size int) image.Image {
	if l, ok := sitters[id]; ok {
		return draw(l, size)
	}
	h := fnv.New64a()
	h.Write([]byte(id))
	return Portrait(h.Sum64(), size)
}

// Names for the colours that sitters are dressed in.
var (
	sand, peach, clay, brick      = warm[0], warm[1], warm[2], warm[3]
	honey, _, sage, moss          = warm[4], warm[5], warm[6], warm[7]
	teal, mist, slate, navy       = warm[8], warm[9], warm[10], warm[11]
	mallow, plum, cream, espresso = warm[12], warm[13], warm[14], warm[15]
)

func plain(skin, hair int, k cut, scene int, ground, second color.RGBA, collar, pattern int, cloth, trim color.RGBA) look {
	return look{skin: skins[skin], hair: hairs[hair], cut: k, scene: scene, ground: ground, second: second, collar: collar, pattern: pattern, cloth: cloth, trim: trim}
}

func (l look) withGlasses() look  { l.glasses = true; return l }
func (l look) withBeard() look    { l.beard = true; return l }
func (l look) withEarrings() look { l.earrings = true; return l }

var sitters = map[string]look{
	"amara-okafor":           plain(6, 0, braids, 0, sage, honey, 0, 0, brick, cream).withEarrings(),
	"ananya-deshpande":       plain(4, 0, bun, 1, mallow, cream, 4, 0, navy, honey).withEarrings(),
	"dimitra-papadaki":       plain(2, 2, curls, 3, slate, mist, 3, 0, espresso, cream).withGlasses(),
	"farah-siddiqui":         plain(3, 1, scarf, 2, cream, sage, 0, 3, slate, plum),
	"fatoumata-diallo":       plain(6, 0, turban, 4, clay, honey, 0, 2, teal, cream).withEarrings(),
	"haruka-sato":            plain(1, 0, bob, 0, mist, cream, 1, 1, navy, peach),
	"hector-villalobos-cruz": plain(3, 1, parted, 1, teal, sage, 2, 0, espresso, cream).withBeard(),
	"ingrid-aasen":           plain(0, 7, pixie, 4, navy, slate, 4, 0, cream, brick).withGlasses(),
	"kwame-mensah-boateng":   plain(7, 0, crop, 0, honey, cream, 2, 3, navy, mist).withGlasses(),
	"lukasz-wisniewski":      plain(0, 5, quiff, 3, brick, clay, 0, 1, cream, navy),
	"mateo-quispe-huaman":    plain(4, 0, quiff, 2, mist, cream, 2, 0, plum, honey),
	"nguyen-thi-minh-anh":    plain(1, 0, long, 1, honey, sand, 0, 3, cream, moss),
	"omar-el-gendy":          plain(4, 1, receding, 0, slate, mist, 3, 0, cream, navy).withBeard().withGlasses(),
	"selamawit-tesfaye":      plain(5, 0, afro, 3, plum, mallow, 1, 0, cream, honey).withEarrings(),
	"soren-bakkegaard":       plain(0, 6, crop, 2, sand, moss, 0, 0, navy, cream).withBeard(),
	"yael-ben-ami":           plain(2, 3, curls, 4, peach, cream, 0, 2, plum, sand),
	"ирина-соколова":         plain(0, 4, bun, 3, sage, cream, 2, 0, teal, peach),
	"陳美玲":                    plain(1, 6, bob, 1, espresso, clay, 3, 0, sage, cream).withGlasses(),
}
