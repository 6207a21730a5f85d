"""Sentences with many figures and faithful translations of them, to see that checks keep quiet, and what they miss."""

from __future__ import annotations

JA = [
    (
        "We train models from 1.3B to 175B parameters on 300 billion tokens.",
        "13億から1750億パラメータのモデルを3000億トークンで訓練する。",
    ),
    ("It cuts inference cost by half and doubles throughput.", "推論コストを半分に減らし、スループットを2倍にする。"),
    (
        "Two-thirds of the errors vanish, and one quarter of the data suffices.",
        "誤りの3分の2がなくなり、データの4分の1で足りる。",
    ),
    (
        "The corpus has more than 1.5 trillion tokens in over 100 languages.",
        "コーパスは100以上の言語で1.5兆トークンを超える。",
    ),
    ("We reduce memory 8x, from 780GB to under 48GB.", "メモリを780GBから48GB未満へと8分の1に減らす。"),
    (
        "Accuracy rises from 17.7% to 78.7% on MultiArith and from 10.4% to 40.7% on GSM8K.",
        "精度はMultiArithで17.7%から78.7%に、GSM8Kで10.4%から40.7%に上がる。",
    ),
    ("It was trained for 21 days on 2,048 A100 GPUs.", "2048基のA100 GPUで21日間訓練した。"),
    (
        "Llama 2 70B scores 68.9 on MMLU (5-shot), 3.2 points more than before.",
        "Llama 2 70BはMMLU(5-shot)で68.9を記録し、以前より3.2ポイント高い。",
    ),
    ("We collected hundreds of thousands of samples.", "数十万のサンプルを集めた。"),
    ("Tens of thousands of users and hundreds of tasks.", "数万人のユーザーと数百のタスク。"),
    (
        "It needs 10 times fewer steps and is up to 3.5 times faster.",
        "必要なステップ数は10分の1で、最大3.5倍高速である。",
    ),
    (
        "In 2017, Vaswani et al. proposed the Transformer with 6 layers.",
        "2017年、Vaswaniらは6層のTransformerを提案した。",
    ),
    ("Of the 1,000 questions, 873 were answered correctly.", "1,000問のうち873問に正しく答えた。"),
    (
        "The context window grows to 1 million tokens, and 99.7% of needles are found.",
        "コンテキスト長は100万トークンに伸び、針の99.7%が見つかる。",
    ),
    ("We use three datasets and five baselines.", "3つのデータセットと5つのベースラインを用いる。"),
    (
        "We use a learning rate of 1e-4 and a batch size of 4M tokens.",
        "学習率は1e-4、バッチサイズは400万トークンである。",
    ),
    (
        "Our 65B model beats GPT-3 (175B) although it is 2.7x smaller.",
        "私たちの65Bモデルは、GPT-3(175B)の2.7分の1の大きさでありながらそれを上回る。",
    ),
    ("at least 90% of the tokens in roughly 40% of the cases", "約40%の場合に、少なくともトークンの90%"),
    (
        "The dataset covers 46 natural and 13 programming languages, 1.6TB in total.",
        "データセットは自然言語46、プログラミング言語13を含み、合計1.6TBである。",
    ),
    ("Only 7 of 30 participants (23%) noticed.", "30人の参加者のうち気づいたのは7人(23%)だけだった。"),
    (
        "It runs at 30 frames per second with a latency of 0.8 seconds.",
        "毎秒30フレームで動作し、レイテンシは0.8秒である。",
    ),
    ("We improve BLEU by more than 2 points to 28.4.", "BLEUを2ポイント以上改善し、28.4とした。"),
    ("nearly a million images of 256×256 pixels", "256×256ピクセルのほぼ100万枚の画像"),
    ("It is an order of magnitude cheaper, at $0.5 per million tokens.", "100万トークンあたり0.5ドルと、1桁安い。"),
    (
        "Table 3 shows that GPT-4 solves 86.4% [12] (see Figure 2).",
        "表3が示すとおり、GPT-4は86.4%を解く[12](図2を参照)。",
    ),
    ("a mixture of 8 experts with 2 active per token", "8つのエキスパートの混合で、トークンごとに2つが働く"),
    (
        "a 12-layer, 768-hidden, 12-head model with 110M parameters",
        "12層、隠れ次元768、12ヘッド、1億1000万パラメータのモデル",
    ),
    ("between 3 and 34 billion parameters", "30億から340億のパラメータ"),
    ("3-34B parameters", "30億〜340億パラメータ"),
    ("The first stage needs one GPU; the second needs none.", "第1段階では1台のGPUが必要で、第2段階では不要である。"),
    ("a threefold increase over the 2015 baseline", "2015年のベースラインの3倍に増加"),
    ("at most 5 tokens, no fewer than 2 heads", "最大5トークン、少なくとも2ヘッド"),
    ("We annotate 12,345 documents, of which 10% are held out.", "12,345件の文書に注釈を付け、そのうち10%を取り置く。"),
    ("It reaches 92.0 F1, exceeding the previous best of 91.2.", "F1は92.0に達し、従来の最高値91.2を上回る。"),
    ("From 5 to 50 demonstrations help; beyond 100 they do not.", "5から50の例は役立つが、100を超えると役立たない。"),
    ("twice as fast with 40% less memory", "メモリを40%削減しつつ2倍高速"),
    ("The model has 1.76 trillion parameters.", "モデルは1兆7600億のパラメータを持つ。"),
    ("We evaluate on 57 subjects with a 4-bit and an 8-bit variant.", "57科目で、4ビット版と8ビット版を評価する。"),
    ("It took 6.5 hours on 8 V100s.", "V100 8基で6.5時間かかった。"),
    ("one-third as many parameters as 540B PaLM", "540BのPaLMの3分の1のパラメータ数"),
    (
        "Half of the responses were rated 4 or higher on a scale from 1 to 5.",
        "応答の半数が、1から5の尺度で4以上と評価された。",
    ),
    ("a dozen models, ten of which fail", "十数のモデルのうち10が失敗する"),
    ("both of the two stages use the same loss", "両段階とも同じ損失を用いる"),
    ("We use 3D Gaussians and 2D images at 60 fps.", "3Dガウシアンと2D画像を60fpsで用いる。"),
    ("gains of +5.3 and +12.1 points", "+5.3ポイントと+12.1ポイントの向上"),
    ("reduces the error rate by a factor of 4", "誤り率を4分の1に減らす"),
    ("improves by a factor of 10", "10倍に改善する"),
    ("200+ languages and 1,500+ hours", "200以上の言語と1500時間以上"),
    ("It costs less than $600 to train.", "訓練費用は600ドル以下である。"),
    ("In the last few years, millions of people used it.", "ここ数年で、数百万人がこれを使った。"),
    ("achieving 10-20% gains on 3 of 4 benchmarks", "4つのベンチマークのうち3つで10〜20%の向上を達成"),
    ("We scale to 10,000 tasks with 100k examples each.", "それぞれ10万例を持つ1万のタスクに拡張する。"),
    (
        "GPT-4 scores 86.4% on MMLU, compared with PaLM's 70.7% and LLaMA's 63.4%.",
        "MMLUでのスコアは、PaLMの70.7%、LLaMAの63.4%に対し、GPT-4は86.4%である。",
    ),
    ("Compared with BERT (82.1), RoBERTa reaches 88.5 on GLUE.", "GLUEでRoBERTaは、BERTの82.1に対し88.5に達する。"),
    (
        "The training cost falls by 40% while accuracy drops by only 0.3 points.",
        "精度の低下をわずか0.3ポイントに抑えつつ、訓練コストを40%削減する。",
    ),
    (
        "It uses 3.5x less memory and 2.1x less time than FlashAttention.",
        "FlashAttentionと比べて、メモリ使用量は3.5分の1、時間は2.1分の1である。",
    ),
    (
        "On HumanEval and MBPP, our 7B model obtains 48.8 and 55.6, respectively.",
        "私たちの7BモデルはHumanEvalで48.8、MBPPで55.6を得る。",
    ),
    (
        "We release 8 models between 70M and 12B parameters trained on 300B tokens, with 154 checkpoints each.",
        "3000億トークンで訓練した、7000万から120億パラメータの8つのモデルを、それぞれ154個のチェックポイントとともに公開する。",
    ),
    (
        "Of 5,000 images, 12% were mislabeled; removing them improved accuracy from 91.3% to 93.8%.",
        "5,000枚の画像のうち12%はラベルが誤っており、それらを除くと精度は91.3%から93.8%に向上した。",
    ),
    (
        "A single A100 with 80GB suffices for a 65B model with 4-bit weights.",
        "4ビットの重みなら、65Bモデルでも80GBのA100が1枚あれば足りる。",
    ),
    (
        "We find that 1,000 carefully curated prompts are enough.",
        "慎重に選んだ1,000のプロンプトで十分であることがわかった。",
    ),
    ("Our method needs 2 to 4 times fewer samples.", "本手法に必要なサンプル数は2分の1から4分の1である。"),
    (
        "It attains 57.1 mAP at 35 FPS, which is 1.3 mAP higher and 2x faster than DINO.",
        "35 FPSで57.1 mAPを達成し、DINOより1.3 mAP高く、2倍高速である。",
    ),
    (
        "The 13B model outperforms the 175B GPT-3 on most benchmarks.",
        "13Bモデルは、ほとんどのベンチマークで175BのGPT-3を上回る。",
    ),
    (
        "In 92% of cases the humans preferred our answers over those of the 2022 system.",
        "人間は92%のケースで、2022年のシステムよりも私たちの回答を好んだ。",
    ),
    ("The number of steps drops from 1,000 to 50, a 20x speedup.", "ステップ数は1,000から50に減り、20倍高速になる。"),
    ("It has 24 layers, 16 heads and a hidden size of 1024.", "24層、16ヘッド、隠れ層のサイズは1024である。"),
    (
        "We collect 1.2M dialogues in 25 languages from over 40K users.",
        "4万人を超えるユーザーから、25言語にわたる120万件の対話を収集した。",
    ),
    ("This took less than 24 hours on one GPU.", "これは1台のGPUで24時間足らずで済んだ。"),
    ("WER falls to 2.7%, a 15% relative improvement.", "WERは2.7%に下がり、相対的に15%改善する。"),
    (
        "The dataset contains roughly 2.5 billion image-text pairs (10TB).",
        "データセットは約25億の画像とテキストの組(10TB)を含む。",
    ),
    (
        "a context of 32k tokens, four times longer than the 8k of GPT-4",
        "GPT-4の8kの4倍にあたる32kトークンのコンテキスト",
    ),
    (
        "GPT-3.5 solves 48.1% and GPT-4 solves 67.0% of HumanEval.",
        "HumanEvalのうち、GPT-3.5は48.1%、GPT-4は67.0%を解く。",
    ),
    (
        "We outperform the previous SOTA (45.4%) by 6.2 points on VQA and by 3.1 points on COCO.",
        "VQAで6.2ポイント、COCOで3.1ポイント、従来のSOTA(45.4%)を上回る。",
    ),
    ("Training takes two weeks on 512 TPU v4 chips.", "512個のTPU v4チップで2週間の訓練を要する。"),
    (
        "We show that 90% sparsity costs less than 1% accuracy.",
        "90%のスパース化による精度の低下は1%未満であることを示す。",
    ),
    ("About one in five answers contains an error.", "回答のおよそ5つに1つに誤りがある。"),
    ("The first two layers hold 60% of the parameters.", "最初の2層がパラメータの60%を占める。"),
    ("Scaling from 1 to 64 nodes gives 51x throughput.", "1ノードから64ノードへの拡張で、スループットは51倍になる。"),
    (
        "An ensemble of five 7B models matches a 34B model at 60% of its cost.",
        "5つの7Bモデルのアンサンブルは、34Bモデルに60%のコストで並ぶ。",
    ),
    (
        "Accuracy on GSM8K grows from 55.0% to 69.5% with 8 samples and to 74.2% with 40 samples.",
        "GSM8Kの精度は55.0%から、8サンプルで69.5%、40サンプルで74.2%へと伸びる。",
    ),
    (
        "We test it on 11 datasets from 5 domains against 9 baselines.",
        "5つのドメインの11のデータセットで、9つのベースラインと比較する。",
    ),
    (
        "More than 70% of the 2.3M comments are in English, about 9% in Spanish.",
        "230万件のコメントのうち70%以上が英語で、約9%がスペイン語である。",
    ),
    ("at a temperature of 0.7 and a top-p of 0.95", "温度0.7、top-p 0.95で"),
    (
        "A survey of 120 papers published between 2018 and 2023 finds that fewer than 15% release code.",
        "2018年から2023年に発表された120本の論文を調べたところ、コードを公開しているのは15%未満だった。",
    ),
    (
        "The attack succeeds in 9 of 10 attempts and costs about $0.05 per query.",
        "この攻撃は10回中9回成功し、1クエリあたりの費用は約0.05ドルである。",
    ),
    (
        "We double the context from 4,096 to 8,192 tokens.",
        "コンテキストを4,096トークンから8,192トークンへと倍増させる。",
    ),
    (
        "Both models have 7 billion parameters; the second is trained twice as long.",
        "両モデルとも70億パラメータで、2つ目は2倍長く訓練されている。",
    ),
    (
        "Recall@10 rises by 4.2 points to 83.7, and MRR by 0.03.",
        "Recall@10は4.2ポイント上がって83.7に、MRRは0.03上がる。",
    ),
    ("We use k = 5 neighbours and a threshold of 0.5.", "近傍数k = 5、しきい値0.5を用いる。"),
    ("The gap shrinks from 12% to less than 2% within three epochs.", "差は3エポック以内に12%から2%未満に縮まる。"),
    ("Experiments with 20 million users over six weeks", "2000万人のユーザーを対象とした6週間の実験"),
    ("Nearly half of all errors (47%) come from a single class.", "全誤りの半分近く(47%)が1つのクラスから生じる。"),
    ("It is 1/10 the size of GPT-3.", "GPT-3の10分の1の大きさである。"),
    ("p < 0.01 for all four conditions", "4条件すべてでp < 0.01"),
    ("a 64x64 latent and 512x512 output", "64x64の潜在表現と512x512の出力"),
    (
        "The first version of the dataset had 1.4M rows; version 2.0 has 3.2M.",
        "データセットの最初の版は140万行、バージョン2.0は320万行である。",
    ),
    (
        "Up to 16 agents cooperate, each calling one of 3,000+ tools.",
        "最大16のエージェントが協力し、それぞれが3,000以上のツールの1つを呼び出す。",
    ),
    ("We cut the bill by 75%, i.e., to a quarter.", "費用を75%、つまり4分の1に減らす。"),
    ("Perplexity improves from 10.2 to 9.7 (−5%).", "パープレキシティは10.2から9.7に改善する(−5%)。"),
    (
        "Models with more than 10B parameters show this; those below 1B do not.",
        "100億を超えるパラメータのモデルはこれを示すが、10億未満のものは示さない。",
    ),
    ("The 95% confidence interval is [0.62, 0.71].", "95%信頼区間は[0.62, 0.71]である。"),
    (
        "Batch size 256, 100k steps, warm-up for the first 10% of them.",
        "バッチサイズ256、10万ステップ、最初の10%はウォームアップ。",
    ),
    (
        "It answers in 1.2 seconds on average, 3 times faster than the 3.6 seconds of the baseline.",
        "平均1.2秒で回答し、ベースラインの3.6秒より3倍速い。",
    ),
    (
        "Seven of the eight tasks improve, two of them by over 20 points.",
        "8つのタスクのうち7つが改善し、そのうち2つは20ポイント以上改善する。",
    ),
    ("Our code was downloaded 10,000 times in the first month.", "コードは最初の1か月で1万回ダウンロードされた。"),
    (
        "On average 2.3 images per query are needed, against 5.1 before.",
        "1クエリあたり平均2.3枚の画像で済み、以前は5.1枚だった。",
    ),
    (
        "The model is 30% smaller and 1.8 times as fast, losing only 0.2 BLEU.",
        "モデルは30%小さく、1.8倍速く、BLEUの低下は0.2にとどまる。",
    ),
    (
        "Workshops in March 2023 and May 2024 drew 300 people each.",
        "2023年3月と2024年5月のワークショップにはそれぞれ300人が参加した。",
    ),
    (
        "We revisit 17 baselines and find that only 4 of them beat a tuned Adam.",
        "17のベースラインを再検討し、調整済みのAdamを上回るのはそのうち4つだけであることを見いだす。",
    ),
    ("Zero-shot accuracy goes up by 7.4%, few-shot by 2.1%.", "ゼロショット精度は7.4%、少数ショット精度は2.1%上がる。"),
    (
        "The smallest model (125M) fits on a phone; the largest (30B) needs four A100-80GB GPUs.",
        "最小のモデル(125M)はスマートフォンに収まり、最大のモデル(30B)には4枚のA100-80GB GPUが必要である。",
    ),
    ("a corpus of 2.1 million papers from 1991 to 2021", "1991年から2021年までの210万本の論文からなるコーパス"),
    ("Each question is answered 64 times and the majority is taken.", "各質問に64回回答し、多数決をとる。"),
    ("We train on 8 × 3090 GPUs for 36 hours.", "3090 GPU 8枚で36時間訓練する。"),
    (
        "Speedups range from 1.3x on small inputs to 9.8x on inputs longer than 16k.",
        "高速化は、小さな入力での1.3倍から、16kより長い入力での9.8倍に及ぶ。",
    ),
    ("The loss drops below 0.1 after 2,000 iterations.", "2,000回の反復後、損失は0.1を下回る。"),
    ("Users waited 45% less and rated it 4.6 out of 5.", "ユーザーの待ち時間は45%減り、評価は5点満点中4.6点だった。"),
    (
        "It contains 1,319 test problems; each takes between 2 and 8 steps.",
        "1,319のテスト問題を含み、それぞれ2から8ステップを要する。",
    ),
    ("In 3 of the 5 languages the error more than doubles.", "5つの言語のうち3つで、誤りは2倍以上になる。"),
    (
        "We propose a two-stage method with three losses and one regulariser.",
        "3つの損失と1つの正則化項を持つ2段階の手法を提案する。",
    ),
    (
        "The model costs one tenth of GPT-4 and is 2-3x faster.",
        "このモデルのコストはGPT-4の10分の1で、2〜3倍高速である。",
    ),
    ("F1 improves by 0.8 (absolute) and 1.2% (relative).", "F1は絶対値で0.8、相対値で1.2%向上する。"),
    ("Of 1.2 billion parameters only 0.5% are updated.", "12億のパラメータのうち更新されるのは0.5%だけである。"),
    ("We generate 52K instructions for less than $500.", "500ドル未満で5万2千の指示を生成する。"),
    (
        "Vicuna achieves more than 90% of the quality of ChatGPT; the cost of training Vicuna-13B is around $300.",
        "VicunaはChatGPTの90%以上の品質を達成し、Vicuna-13Bの訓練費用は約300ドルである。",
    ),
    ("It handles up to 1M tokens, ten times more than before.", "以前の10倍にあたる最大100万トークンを扱える。"),
    (
        "The agent completes 14.41% of the tasks, humans 78.24%.",
        "エージェントはタスクの14.41%を、人間は78.24%を完了する。",
    ),
    (
        "With only 1% of the labels, top-1 accuracy is 76.6%, a relative improvement of 29%.",
        "ラベルのわずか1%で、top-1精度は76.6%、相対的に29%の改善となる。",
    ),
    (
        "We found 23 bugs, 19 of which were fixed within a week.",
        "23件のバグを見つけ、そのうち19件は1週間以内に修正された。",
    ),
    ("Section 4 compares 5 variants (see Table 2 and Figure 3).", "第4節では5つの変種を比較する(表2と図3を参照)。"),
]
KO = [
    (
        "We train models from 1.3B to 175B parameters on 300 billion tokens.",
        "13억에서 1750억 개의 매개변수를 가진 모델을 3000억 개의 토큰으로 학습한다.",
    ),
    ("It cuts inference cost by half and doubles throughput.", "추론 비용을 절반으로 줄이고 처리량을 2배로 늘린다."),
    (
        "Two-thirds of the errors vanish, and one quarter of the data suffices.",
        "오류의 3분의 2가 사라지고 데이터의 4분의 1이면 충분하다.",
    ),
    (
        "The corpus has more than 1.5 trillion tokens in over 100 languages.",
        "이 말뭉치는 100개 이상의 언어로 된 1조 5000억 개가 넘는 토큰을 담고 있다.",
    ),
    ("We reduce memory 8x, from 780GB to under 48GB.", "메모리를 780GB에서 48GB 미만으로 8분의 1로 줄인다."),
    (
        "Accuracy rises from 17.7% to 78.7% on MultiArith and from 10.4% to 40.7% on GSM8K.",
        "정확도는 MultiArith에서 17.7%에서 78.7%로, GSM8K에서 10.4%에서 40.7%로 오른다.",
    ),
    ("It was trained for 21 days on 2,048 A100 GPUs.", "2,048개의 A100 GPU로 21일 동안 학습했다."),
    (
        "Llama 2 70B scores 68.9 on MMLU (5-shot), 3.2 points more than before.",
        "Llama 2 70B는 MMLU(5-shot)에서 68.9를 기록해 이전보다 3.2포인트 높다.",
    ),
    ("We collected hundreds of thousands of samples.", "수십만 개의 표본을 모았다."),
    ("Tens of thousands of users and hundreds of tasks.", "수만 명의 사용자와 수백 개의 작업."),
    ("It needs 10 times fewer steps and is up to 3.5 times faster.", "단계 수는 10분의 1이면 되고 최대 3.5배 빠르다."),
    (
        "In 2017, Vaswani et al. proposed the Transformer with 6 layers.",
        "2017년 Vaswani 등은 6개 층의 Transformer를 제안했다.",
    ),
    ("Of the 1,000 questions, 873 were answered correctly.", "1,000개의 질문 가운데 873개에 올바르게 답했다."),
    (
        "The context window grows to 1 million tokens, and 99.7% of needles are found.",
        "문맥 길이는 100만 토큰으로 늘고 바늘의 99.7%를 찾는다.",
    ),
    ("We use three datasets and five baselines.", "세 가지 데이터셋과 다섯 가지 기준선을 쓴다."),
    ("We use a learning rate of 1e-4 and a batch size of 4M tokens.", "학습률은 1e-4, 배치 크기는 400만 토큰이다."),
    (
        "Our 65B model beats GPT-3 (175B) although it is 2.7x smaller.",
        "우리의 65B 모델은 GPT-3(175B)보다 2.7분의 1 크기지만 이를 앞선다.",
    ),
    ("at least 90% of the tokens in roughly 40% of the cases", "약 40%의 경우에 적어도 토큰의 90%"),
    (
        "The dataset covers 46 natural and 13 programming languages, 1.6TB in total.",
        "데이터셋은 자연어 46개와 프로그래밍 언어 13개, 모두 1.6TB를 담는다.",
    ),
    ("Only 7 of 30 participants (23%) noticed.", "참가자 30명 중 7명(23%)만 알아차렸다."),
    ("It runs at 30 frames per second with a latency of 0.8 seconds.", "초당 30프레임으로 동작하며 지연은 0.8초이다."),
    ("We improve BLEU by more than 2 points to 28.4.", "BLEU를 2점 이상 개선해 28.4에 이른다."),
    ("nearly a million images of 256×256 pixels", "256×256 픽셀의 이미지 거의 100만 장"),
    ("a mixture of 8 experts with 2 active per token", "토큰마다 2개가 활성화되는 8개 전문가의 혼합"),
    ("a 12-layer, 768-hidden, 12-head model with 110M parameters", "12층, 은닉 768, 12헤드, 1억 1000만 매개변수 모델"),
    ("between 3 and 34 billion parameters", "30억에서 340억 개의 매개변수"),
    ("3-34B parameters", "30억~340억 매개변수"),
    ("a threefold increase over the 2015 baseline", "2015년 기준선의 세 배로 증가"),
    ("at most 5 tokens, no fewer than 2 heads", "최대 5개 토큰, 최소 2개 헤드"),
    ("We annotate 12,345 documents, of which 10% are held out.", "문서 12,345건에 주석을 달고 그중 10%를 남겨 둔다."),
    ("It reaches 92.0 F1, exceeding the previous best of 91.2.", "F1은 92.0으로 이전 최고치 91.2를 넘는다."),
    ("The model has 1.76 trillion parameters.", "모델은 1조 7600억 개의 파라미터를 가진다."),
    ("Table 3 shows that GPT-4 solves 86.4% [12] (see Figure 2).", "표 3에서 GPT-4는 86.4%를 푼다[12](그림 2 참조)."),
    ("reduces the error rate by a factor of 4", "오류율을 4분의 1로 줄인다"),
    ("200+ languages and 1,500+ hours", "200개 이상의 언어와 1500시간 이상"),
    ("It costs less than $600 to train.", "학습 비용은 600달러 미만이다."),
    ("achieving 10-20% gains on 3 of 4 benchmarks", "4개 벤치마크 중 3개에서 10~20% 향상을 달성"),
    ("We scale to 10,000 tasks with 100k examples each.", "각각 10만 개의 예제가 있는 1만 개의 작업으로 확장한다."),
    (
        "It comprises 236B total parameters, of which 21B are activated.",
        "총 2360억 개의 매개변수 중 210억 개가 활성화된다.",
    ),
    ("the prompt throughput exceeds 100K tokens per second", "프롬프트 처리량은 초당 10만 토큰을 넘는다"),
    ("We extract 10 million instruction data.", "1000만 개의 지시 데이터를 추출한다."),
    ("70%/10%/20% for training, validation and test", "학습, 검증, 시험에 70%/10%/20%"),
    ("We test 7, 13, 33 and 65 billion parameters.", "70억, 130억, 330억, 650억 매개변수를 시험한다."),
    ("Half of the pages and 9 out of 10 readers", "쪽의 절반과 독자 10명 중 9명"),
    (
        "GPT-4 scores 86.4% on MMLU, compared with PaLM's 70.7% and LLaMA's 63.4%.",
        "MMLU에서 PaLM의 70.7%, LLaMA의 63.4%에 비해 GPT-4는 86.4%를 기록한다.",
    ),
    (
        "Compared with BERT (82.1), RoBERTa reaches 88.5 on GLUE.",
        "GLUE에서 RoBERTa는 BERT의 82.1에 비해 88.5에 이른다.",
    ),
    (
        "The training cost falls by 40% while accuracy drops by only 0.3 points.",
        "정확도 하락을 0.3포인트로 억제하면서 학습 비용을 40% 줄인다.",
    ),
    (
        "On HumanEval and MBPP, our 7B model obtains 48.8 and 55.6, respectively.",
        "우리의 7B 모델은 HumanEval에서 48.8, MBPP에서 55.6을 얻는다.",
    ),
    (
        "We release 8 models between 70M and 12B parameters trained on 300B tokens, with 154 checkpoints each.",
        "3000억 토큰으로 학습한 7000만에서 120억 매개변수의 모델 8개를 각각 154개의 체크포인트와 함께 공개한다.",
    ),
    (
        "Of 5,000 images, 12% were mislabeled; removing them improved accuracy from 91.3% to 93.8%.",
        "이미지 5,000장 중 12%는 레이블이 잘못되었고, 이를 제거하자 정확도가 91.3%에서 93.8%로 올랐다.",
    ),
    (
        "A single A100 with 80GB suffices for a 65B model with 4-bit weights.",
        "4비트 가중치라면 65B 모델도 80GB A100 한 장으로 충분하다.",
    ),
    ("Our method needs 2 to 4 times fewer samples.", "우리 방법에 필요한 표본 수는 2분의 1에서 4분의 1이다."),
    (
        "It attains 57.1 mAP at 35 FPS, which is 1.3 mAP higher and 2x faster than DINO.",
        "35 FPS에서 57.1 mAP를 달성하여 DINO보다 1.3 mAP 높고 2배 빠르다.",
    ),
    (
        "In 92% of cases the humans preferred our answers over those of the 2022 system.",
        "사람들은 92%의 경우 2022년 시스템보다 우리의 답을 선호했다.",
    ),
    ("The number of steps drops from 1,000 to 50, a 20x speedup.", "단계 수는 1,000에서 50으로 줄어 20배 빨라진다."),
    ("It has 24 layers, 16 heads and a hidden size of 1024.", "24개 층, 16개 헤드, 은닉 크기 1024를 갖는다."),
    (
        "We collect 1.2M dialogues in 25 languages from over 40K users.",
        "4만 명이 넘는 사용자에게서 25개 언어로 된 120만 건의 대화를 모았다.",
    ),
    (
        "The dataset contains roughly 2.5 billion image-text pairs (10TB).",
        "데이터셋은 약 25억 개의 이미지-텍스트 쌍(10TB)을 담는다.",
    ),
    ("a context of 32k tokens, four times longer than the 8k of GPT-4", "GPT-4의 8k보다 네 배 긴 32k 토큰의 문맥"),
    (
        "GPT-3.5 solves 48.1% and GPT-4 solves 67.0% of HumanEval.",
        "HumanEval 가운데 GPT-3.5는 48.1%, GPT-4는 67.0%를 푼다.",
    ),
    (
        "We outperform the previous SOTA (45.4%) by 6.2 points on VQA and by 3.1 points on COCO.",
        "VQA에서 6.2점, COCO에서 3.1점 차이로 이전 SOTA(45.4%)를 앞선다.",
    ),
    ("Training takes two weeks on 512 TPU v4 chips.", "TPU v4 칩 512개로 2주 동안 학습한다."),
    ("We show that 90% sparsity costs less than 1% accuracy.", "90% 희소화로 인한 정확도 하락은 1% 미만임을 보인다."),
    ("The first two layers hold 60% of the parameters.", "처음 두 층이 매개변수의 60%를 차지한다."),
    ("Scaling from 1 to 64 nodes gives 51x throughput.", "1개 노드에서 64개 노드로 확장하면 처리량이 51배가 된다."),
    (
        "Accuracy on GSM8K grows from 55.0% to 69.5% with 8 samples and to 74.2% with 40 samples.",
        "GSM8K 정확도는 55.0%에서 표본 8개로 69.5%, 표본 40개로 74.2%까지 오른다.",
    ),
    (
        "We test it on 11 datasets from 5 domains against 9 baselines.",
        "5개 도메인의 11개 데이터셋에서 9개 기준선과 비교한다.",
    ),
    (
        "More than 70% of the 2.3M comments are in English, about 9% in Spanish.",
        "댓글 230만 건 중 70% 이상이 영어이고 약 9%가 스페인어이다.",
    ),
    ("Hundreds of billions of tokens, tens of millions of images.", "수천억 개의 토큰, 수천만 장의 이미지."),
    ("It is 5 times cheaper than GPT-4 and twice as fast.", "GPT-4보다 5배 저렴하고 2배 빠르다."),
    ("We halve the error with 3 million examples.", "300만 개의 예제로 오류를 절반으로 줄인다."),
    (
        "A survey of 120 papers published between 2018 and 2023 finds that fewer than 15% release code.",
        "2018년부터 2023년까지 발표된 논문 120편을 조사한 결과 코드를 공개한 것은 15% 미만이었다.",
    ),
    (
        "The attack succeeds in 9 of 10 attempts and costs about $0.05 per query.",
        "이 공격은 10번 중 9번 성공하며 질의당 비용은 약 0.05달러이다.",
    ),
    ("We double the context from 4,096 to 8,192 tokens.", "문맥을 4,096토큰에서 8,192토큰으로 두 배 늘린다."),
    (
        "The gap shrinks from 12% to less than 2% within three epochs.",
        "격차는 세 에폭 안에 12%에서 2% 미만으로 줄어든다.",
    ),
    ("Experiments with 20 million users over six weeks", "2000만 명의 사용자를 대상으로 한 6주간의 실험"),
    (
        "Nearly half of all errors (47%) come from a single class.",
        "전체 오류의 절반 가까이(47%)가 하나의 클래스에서 나온다.",
    ),
    ("It is 1/10 the size of GPT-3.", "GPT-3의 10분의 1 크기이다."),
    (
        "Up to 16 agents cooperate, each calling one of 3,000+ tools.",
        "최대 16개의 에이전트가 협력하며 각각 3,000개 이상의 도구 중 하나를 호출한다.",
    ),
    (
        "Models with more than 10B parameters show this; those below 1B do not.",
        "100억 개가 넘는 매개변수를 가진 모델은 이를 보이지만 10억 개 미만인 모델은 그렇지 않다.",
    ),
    ("Batch size 256, 100k steps, warm-up for the first 10% of them.", "배치 크기 256, 10만 스텝, 처음 10%는 워밍업."),
    (
        "It answers in 1.2 seconds on average, 3 times faster than the 3.6 seconds of the baseline.",
        "평균 1.2초에 답하며, 기준선의 3.6초보다 3배 빠르다.",
    ),
    (
        "Seven of the eight tasks improve, two of them by over 20 points.",
        "여덟 개 과제 중 일곱 개가 향상되었고, 그중 두 개는 20점 넘게 향상되었다.",
    ),
    ("Our code was downloaded 10,000 times in the first month.", "코드는 첫 달에 1만 번 내려받아졌다."),
    (
        "The model is 30% smaller and 1.8 times as fast, losing only 0.2 BLEU.",
        "모델은 30% 작고 1.8배 빠르며 BLEU는 0.2만 떨어진다.",
    ),
    (
        "Workshops in March 2023 and May 2024 drew 300 people each.",
        "2023년 3월과 2024년 5월의 워크숍에는 각각 300명이 참가했다.",
    ),
    (
        "We revisit 17 baselines and find that only 4 of them beat a tuned Adam.",
        "기준선 17개를 다시 살펴본 결과 조정된 Adam을 이기는 것은 그중 4개뿐이었다.",
    ),
    ("Zero-shot accuracy goes up by 7.4%, few-shot by 2.1%.", "제로샷 정확도는 7.4%, 퓨샷 정확도는 2.1% 오른다."),
    (
        "The smallest model (125M) fits on a phone; the largest (30B) needs four A100-80GB GPUs.",
        "가장 작은 모델(125M)은 휴대전화에 들어가고, 가장 큰 모델(30B)은 A100-80GB GPU 네 대가 필요하다.",
    ),
    ("a corpus of 2.1 million papers from 1991 to 2021", "1991년부터 2021년까지의 논문 210만 편으로 이루어진 말뭉치"),
    (
        "Speedups range from 1.3x on small inputs to 9.8x on inputs longer than 16k.",
        "속도 향상은 작은 입력에서 1.3배, 16k보다 긴 입력에서 9.8배에 이른다.",
    ),
    (
        "Users waited 45% less and rated it 4.6 out of 5.",
        "사용자의 대기 시간은 45% 줄었고 평점은 5점 만점에 4.6점이었다.",
    ),
    ("In 3 of the 5 languages the error more than doubles.", "5개 언어 중 3개에서 오류가 두 배 이상이 된다."),
    (
        "We propose a two-stage method with three losses and one regulariser.",
        "세 가지 손실과 하나의 정칙화 항을 갖는 2단계 방법을 제안한다.",
    ),
    ("The model costs one tenth of GPT-4 and is 2-3x faster.", "이 모델의 비용은 GPT-4의 10분의 1이고 2~3배 빠르다."),
    ("Of 1.2 billion parameters only 0.5% are updated.", "12억 개의 매개변수 중 0.5%만 갱신된다."),
    ("We generate 52K instructions for less than $500.", "500달러도 안 되는 비용으로 5만 2천 개의 지시를 생성한다."),
    (
        "Vicuna achieves more than 90% of the quality of ChatGPT; the cost of training Vicuna-13B is around $300.",
        "Vicuna는 ChatGPT 품질의 90% 이상을 달성하며 Vicuna-13B의 학습 비용은 약 300달러이다.",
    ),
    ("It handles up to 1M tokens, ten times more than before.", "이전의 10배인 최대 100만 토큰을 다룬다."),
    ("We found 23 bugs, 19 of which were fixed within a week.", "버그 23건을 찾았고 그중 19건은 일주일 안에 고쳐졌다."),
    (
        "Section 4 compares 5 variants (see Table 2 and Figure 3).",
        "4절에서는 다섯 가지 변형을 비교한다(표 2와 그림 3 참조).",
    ),
    (
        "The agent completes 14.41% of the tasks, humans 78.24%.",
        "에이전트는 과제의 14.41%를, 사람은 78.24%를 완료한다.",
    ),
]
