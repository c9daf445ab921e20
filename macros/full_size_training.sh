#!/bin/sh
# The trainings of Gu et al. 2021 (table 1) in full size: 25,000 pairs of 128 pixels at
# SNR 0.1 from one structure; an l1 autoencoder, a (.5, .5)-GAN + l1 and a WGAN-gp + l1,
# scored together on 1,500 other particles. It wants a GPU and says so where there is none.
#
#   sh full_size_training.sh STRUCTURE FOLDER [name=value ...]
#
# Names and values are options of `clearice train` that all three trainings take, such as
# precision=float16, minutes=60, or device=cpu for a trial. In the environment:
# CLEARICE (the launcher, clearice), PAIRS (25000), TESTS (1500), BOX (128), PIXEL (1.6 Å).
# A training whose model is there already is left out, so that the line can be repeated.
set -eu

structure=$1
folder=$2
shift 2
clearice=${CLEARICE:-clearice}
pairs=${PAIRS:-25000}
tests=${TESTS:-1500}
box=${BOX:-128}
pixel=${PIXEL:-1.6}

mkdir -p "$folder"

# A GPU that does not work is noticed before anything is simulated.
case " $* " in
	*" device="*) ;;
	*)
		set -- device=gpu "$@"
		"$clearice" device > "$folder/device.txt"
		cat "$folder/device.txt"
		grep -q "run by GPU" "$folder/device.txt" || { echo "No GPU ran a convolution; the report above says why. Mend that, or add device=cpu." >&2; exit 1; }
		;;
esac

[ -f "$folder/map.mrc" ] || "$clearice" map structure="$structure" box="$box" pixel="$pixel" exclude=water output="$folder/map.mrc"
[ -d "$folder/training" ] || "$clearice" simulate source="$folder/map.mrc" count="$pairs" snr=0.1 seed=1 output="$folder/training"
[ -d "$folder/test" ] || "$clearice" simulate source="$folder/map.mrc" count="$tests" snr=0.1 seed=2 output="$folder/test"

images=$folder/test/noisy.mrcs
for gan in none beta wgan; do
	model=$folder/$gan.clearice
	[ -f "$model" ] || "$clearice" train preset=paper gan="$gan" noisy="$folder/training/noisy.mrcs" clean="$folder/training/clean.mrcs" model="$model" folder="$folder/$gan" "$@"
	[ -f "$folder/$gan.mrcs" ] || "$clearice" denoise input="$folder/test/noisy.mrcs" method="$model" output="$folder/$gan.mrcs"
	images=$images,$folder/$gan.mrcs
done
"$clearice" evaluate reference="$folder/test/clean.mrcs" image="$images" output="$folder/scores.tsv"
