"""What people type about their trade, and the item they mean: it stands among the first three.

Written down before anybody looked at what the search makes of it.
"""

import pytest

from kiosk.code_tables.scope_index import build
from kiosk.code_tables.scope_search import ScopeSearch
from kiosk.sandbox import packs

ROWS = packs.pack("business_scope").rows
SEARCH = ScopeSearch(build(ROWS))
SHOWN_FIRST = 3

# typed → the item
MEANT = """
火锅 火锅餐饮服务
火锅店 火锅餐饮服务
开火锅店 火锅餐饮服务
老火锅 火锅餐饮服务
小面 小面快餐服务
面馆 小面快餐服务
开面馆 小面快餐服务
我想开个面馆 小面快餐服务
重庆小面 小面快餐服务
豆花饭 豆花饭快餐服务
串串香 麻辣烫快餐服务
烧烤 小吃服务
烧烤店 烧烤餐饮服务
烤串 烧烤餐饮服务
夜宵摊 烧烤餐饮服务
奶茶 饮品制售
奶茶店 饮品制售
卖奶茶 饮品制售
naicha 饮品制售
咖啡 咖啡馆服务
coffee咖啡店 咖啡馆服务
茶馆 茶馆服务
冰粉 甜品制售
蛋糕店 糕点现场制售
做蛋糕 糕点现场制售
面包店 糕点现场制售
早餐 早餐点心制售
包子铺 早餐点心制售
包子 早餐点心制售
外卖 餐饮外送服务
食堂承包 单位食堂经营
送菜 餐饮食材配送
坝坝席 宴席承办服务
西餐厅 西餐服务
寿司 日韩料理服务
餐饮管理 餐饮管理
超市 超级市场零售
小卖部 便利店零售
便利店 便利店零售
水果店 水果零售
卖水果 水果零售
卖菜 新鲜蔬菜零售
卖肉 鲜肉零售
猪肉摊 鲜肉零售
卖鱼 水产品零售
烟酒店 酒类零售
卖酒 酒类零售
卖烟 烟草制品零售
零食店 预包装食品销售
卖零食 预包装食品销售
土特产 农副产品销售
服装店 服装零售
卖衣服 服装零售
童装店 童装零售
做衣服 服装制造
鞋店 鞋帽零售
化妆品 化妆品零售
母婴店 婴幼儿用品销售
药店 药品零售
五金店 五金产品零售
手机店 手机及通信设备零售
修手机 手机维修服务
手机维修 手机维修服务
修电脑 计算机维修服务
电脑维修 计算机维修服务
家电维修 家用电器修理
修空调 空调修理
空调安装 空调安装服务
装空调 空调安装服务
洗空调 空调清洗服务
修冰箱 家用电器修理
灯具 灯具零售
家具店 家具零售
定制衣柜 橱柜衣柜设计服务
建材 建筑装饰材料零售
卖瓷砖 瓷砖零售
卖水泥 水泥销售
花店 鲜花零售
书店 图书零售
文具店 文具用品零售
眼镜店 眼镜验配
二手车 旧车销售
汽车配件 汽车零配件零售
修车 汽车修理与维护
汽修 汽车修理与维护
汽修厂 汽车修理与维护
洗车 洗车服务
汽车美容 汽车美容装潢服务
贴车膜 汽车美容装潢服务
补胎 轮胎修补服务
修摩托车 摩托车修理
修电瓶车 电动自行车修理
驾校 机动车驾驶员培训
代驾 代驾服务
租车 小微型客车租赁
滴滴 网约车经营
拉货 普通货物道路运输
货运 普通货物道路运输
搬家 搬家运输服务
搬家公司 搬家运输服务
快递驿站 快递代收代寄服务
菜鸟驿站 快递末端代收
快递 国内快递经营
冷链运输 冷藏车道路运输
仓库出租 仓储服务（不含危险品）
网店 互联网销售
淘宝 互联网销售
直播 直播带货服务
直播带货 直播带货服务
抖音带货 直播带货服务
拍视频 短视频拍摄制作服务
短视频 短视频拍摄制作服务
主播 网络主播经纪服务
软件开发 软件开发
小程序 小程序开发
做网站 网站设计与维护
做APP 手机应用软件开发
代账 代理记账
代理记账 代理记账
会计 代理记账
注册公司 公司注册代理服务
办营业执照 公司注册代理服务
商标注册 商标代理服务
广告公司 广告设计与制作
打印店 打字复印服务
做招牌 户外广告制作安装
婚庆 婚庆服务
婚纱照 婚纱摄影服务
照相馆 摄影服务
月嫂 月嫂服务
保姆 保姆介绍服务
钟点工 钟点保洁服务
保洁 建筑物清洁服务
家政 家政服务
家政公司 家政服务
通下水道 管道疏通服务
开锁 开锁服务
干洗店 洗染服务
洗鞋 鞋类清洗护理服务
理发店 理发服务
剪头发 理发服务
美甲 美甲服务
美甲店 美甲服务
meijia 美甲服务
美容院 生活美容服务
洗脚 足浴保健服务
按摩 足浴保健服务
采耳 采耳服务
宠物寄养 宠物寄养服务
宠物店 宠物用品零售
宠物医院 动物诊疗
猫咖 猫咖犬舍体验服务
装修 住宅室内装饰装修
装修公司 住宅室内装饰装修
刷墙 墙面粉刷服务
贴瓷砖 瓷砖铺贴服务
补漏 防水工程施工
水电工 水电改造服务
室内设计 室内装饰设计服务
画图纸 建筑设计服务
中介 房地产经纪
房产中介 房地产经纪
民宿 民宿服务
酒店 旅馆住宿服务
物业 物业管理
物业公司 物业管理
旅行社 旅行社服务
健身房 健身房经营
台球 台球室经营
麻将馆 棋牌室服务
ktv 歌舞娱乐活动
KTV 歌舞娱乐活动
剧本杀 剧本娱乐活动
网吧 网吧上网服务
幼儿园 幼儿园经营
托管班 课后托管服务
学画画 美术培训（不含学科）
学跳舞 舞蹈培训（不含学科）
舞蹈班 文化艺术培训（不含学科）
学游泳 游泳培训
牙科 口腔诊疗服务
诊所 诊所服务
养老院 养老院经营
养鸡 家禽饲养
养猪 生猪饲养
养鱼 水产养殖
种菜 蔬菜种植
种花椒 花椒种植
种橘子 柑橘种植
养蜂 蜜蜂养殖
收废品 废旧物资回收
加油站 成品油零售
充电桩 充电桩运营
进出口 货物进出口
劳务派遣 劳务派遣服务
招聘 人力资源服务
保安公司 保安服务
做家具 家具制造
食品厂 食品生产加工
豆腐坊 小作坊食品加工
xiaomian 小面快餐服务
xiaomianguan 小面快餐服务
mianguan 小面快餐服务
huoguodian 火锅餐饮服务
lifadian 理发服务
shuiguo 水果零售
zhuangxiu 住宅室内装饰装修
kuaidi 国内快递经营
jianshenfang 健身房经营
chongwu店 宠物用品零售
hgd 火锅餐饮服务
lfd 理发服务
huoguodain 火锅餐饮服务
xiaominan 小面快餐服务
meirongyaun 生活美容服务
"""
TABLE = [tuple(line.split()) for line in MEANT.strip().splitlines()]


@pytest.mark.parametrize(("typed", "meant"), TABLE)
def test_what_is_meant_stands_among_the_first(typed: str, meant: str) -> None:
    assert meant in [ROWS[place]["name"] for place in SEARCH.find(typed, SHOWN_FIRST)]


def test_the_table_is_of_use() -> None:
    """Every item it names is in the catalogue, and it is a table of many trades."""
    assert {meant for _, meant in TABLE} <= {row["name"] for row in ROWS}
    assert len(TABLE) >= 120
    assert len({meant for _, meant in TABLE}) >= 100
