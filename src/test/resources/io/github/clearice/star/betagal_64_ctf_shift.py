"""Writes betagal_64_ctf_shift.cs from RELION's betagal_64_ctf_shift.star beside it; needs NumPy and SciPy."""
import numpy as np
from scipy.spatial.transform import Rotation

lines = open('betagal_64_ctf_shift.star').read().split('data_particles')[1].split('\n')
columns = [line.split()[0][1:] for line in lines if line.startswith('_')]
rows = [line.split() for line in lines if '@' in line]
text = {c: [row[i] for row in rows] for i, c in enumerate(columns)}
number = lambda column: np.array(text[column], float)
a = np.zeros(len(rows), [
    ('uid', '<u8'), ('blob/path', 'S40'), ('blob/idx', '<u4'), ('blob/shape', '<u4', (2,)), ('blob/psize_A', '<f4'),
    ('blob/sign', '<f4'), ('ctf/exp_group_id', '<u4'), ('ctf/accel_kv', '<f4'), ('ctf/cs_mm', '<f4'),
    ('ctf/amp_contrast', '<f4'), ('ctf/df1_A', '<f4'), ('ctf/df2_A', '<f4'), ('ctf/df_angle_rad', '<f4'),
    ('ctf/phase_shift_rad', '<f4'), ('alignments3D/split', '<u4'), ('alignments3D/shift', '<f4', (2,)),
    ('alignments3D/pose', '<f4', (3,)), ('alignments3D/psize_A', '<f4')])
a['uid'] = np.arange(len(rows))
a['blob/path'] = b'J3/betagal_64_ctf_shift.mrcs'
a['blob/idx'] = [int(name.split('@')[0]) - 1 for name in text['rlnImageName']]
a['blob/shape'], a['blob/psize_A'], a['blob/sign'] = 64, 4, 1
a['ctf/accel_kv'], a['ctf/cs_mm'], a['ctf/amp_contrast'] = 300, 2.7, .1
a['ctf/df1_A'], a['ctf/df2_A'] = number('rlnDefocusU'), number('rlnDefocusV')
a['ctf/df_angle_rad'] = np.deg2rad(number('rlnDefocusAngle'))
a['alignments3D/split'] = np.arange(len(rows)) % 2
a['alignments3D/shift'] = np.c_[number('rlnOriginXAngst'), number('rlnOriginYAngst')] / 4
a['alignments3D/psize_A'] = 4
euler = np.c_[number('rlnAngleRot'), number('rlnAngleTilt'), number('rlnAnglePsi')]
a['alignments3D/pose'] = Rotation.from_euler('ZYZ', euler, degrees=True).as_rotvec()
np.save(open('betagal_64_ctf_shift.cs', 'wb'), a)
