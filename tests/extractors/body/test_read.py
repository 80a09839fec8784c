"""Where the body comes from: the model, and another engine where it finds next to nothing."""

from extractors import extract

FLASH = "港务局五月三日电，北湾渡轮自下周一起恢复夜间航班，每晚三班，票价不变；此前因桥梁维修停航两个月。"
PAGE = f"""<html lang="zh"><head><title>北湾渡轮恢复夜航_海湾网</title></head><body>
<header><nav><a href="/">首页</a><a href="/t">电报</a><a href="/d">头条</a>
<a href="/v">会员</a></nav></header>
<div class="content-left"><div class="detail-title">北湾渡轮恢复夜航</div>
<div class="detail-time">2024年05月03日</div>
<div class="detail-telegraph-content"><p>{FLASH}</p></div>
<div class="share">分享到微信</div></div>
<div class="content-right"><h3>热门解读</h3><ul>
<li><a href="/1">海湾三大港口四月吞吐量集体上涨，渔业公司净利超百万元</a></li>
<li><a href="/2">多家船公司发布五月航线，看好这些方向的旅客增长</a></li>
</ul></div>
<footer>关于我们 网站声明 联系方式 违法和不良信息举报电话</footer></body></html>"""


def test_a_short_body_is_not_given_up_for_the_page_with_its_menus() -> None:
    assert len(FLASH) < 100
    article = extract(PAGE)
    assert article.body == FLASH
    assert article.provenance["body"] is not None
    assert article.provenance["body"].raw == "model"
