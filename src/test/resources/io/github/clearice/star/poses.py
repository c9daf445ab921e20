import numpy as np
from scipy.spatial.transform import Rotation
angles = [[10.5, 20.25, -30], [-120.25, 95, 170.5], [0, 90, 0], [179, 1.5, -2], [45, 180, 0], [-77.5, 60, 135]]
d = [('uid', '<u8'), ('blob/path', 'S20'), ('blob/idx', '<u4'), ('blob/shape', '<u4', (2,)), ('blob/psize_A', '<f4'),
     ('blob/sign', '<f4'), ('ctf/exp_group_id', '<u4'), ('ctf/accel_kv', '<f4'), ('ctf/cs_mm', '<f4'),
     ('ctf/amp_contrast', '<f4'), ('ctf/df1_A', '<f4'), ('ctf/df2_A', '<f4'), ('ctf/df_angle_rad', '<f4'),
     ('ctf/phase_shift_rad', '<f4'), ('ctf/bfactor', '<f4'), ('ctf/tilt_A', '<f4', (2,)), ('ctf/trefoil_A', '<f4', (2,)),
     ('ctf/tetra_A', '<f4', (4,)), ('ctf/anisomag', '<f4', (4,)), ('alignments3D/split', '<u4'),
     ('alignments3D/shift', '<f4', (2,)), ('alignments3D/pose', '<f4', (3,)), ('alignments3D/psize_A', '<f4'),
     ('alignments3D/class', '<u4')]
a = np.zeros(6, d)
a['uid'] = 2**63 + np.arange(6)
a['blob/path'] = [b'>J1/a.mrc'] * 3 + [b'>J1/long name b.mrc'] * 3
a['blob/idx'] = [4, 0, 1, 0, 1, 2]
a['blob/shape'], a['blob/psize_A'], a['blob/sign'] = 64, 1.5, -1
a['ctf/exp_group_id'] = [7, 7, 7, 2, 2, 2]
a['ctf/accel_kv'], a['ctf/cs_mm'], a['ctf/amp_contrast'] = 300, 2.7, .1
a['ctf/df1_A'], a['ctf/df2_A'], a['ctf/df_angle_rad'] = 15000, 14500, np.deg2rad(30)
a['ctf/phase_shift_rad'], a['ctf/bfactor'] = np.pi / 2, 40
a['ctf/tilt_A'][:3] = [27000 * .5, -27000 * .25]
a['ctf/trefoil_A'][:3], a['ctf/tetra_A'][:3] = [900, -300], [1e5, 2e5, 3e5, 4e5]
a['ctf/anisomag'][:3] = [.01, .002, -.003, -.02]
a['alignments3D/split'] = [0, 1, 0, 1, 0, 1]
a['alignments3D/shift'] = [[1, -2], [.5, 0], [0, 0], [0, 0], [-3, 4], [0, .25]]
a['alignments3D/psize_A'], a['alignments3D/class'] = 3, [0, 0, 1, 1, 2, 2]
a['alignments3D/pose'] = Rotation.from_euler('ZYZ', angles, degrees=True).as_rotvec()
np.save(open('poses.cs', 'wb'), a)
