using Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

namespace Mdev.Sdk.Generators.Tests.Behaviour;

public sealed class BitFieldsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_field_reads_its_bits_and_writes_no_others(int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < 5_000; i++)
        {
            uint bits = (uint)random.NextInt64(1L << 32), value = (uint)random.NextInt64(1L << 32);
            var control = (Control)bits;
            Assert.Equal(bits >> 16, control.Count);
            Assert.Equal((bits >> 8) & 3, (uint)control.Mode);
            Assert.Equal((bits >> 1) & 15, (uint)control.Level);
            Assert.Equal((bits & 1) != 0, control.Run);

            control.Level = (int)value;
            Assert.Equal((bits & ~0x1eu) | ((value & 15) << 1), (uint)control);
            control.Run = (value & 1) != 0;
            control.Mode = (Mode)(value & 3);
            control.Count = (ushort)value;
            Assert.Equal((bits & 0xfce0) | ((value & 0xffff) << 16) | ((value & 3) << 8) | ((value & 15) << 1) | (value & 1), (uint)control);
        }
    }

    [Fact]
    public void A_value_is_equal_by_all_its_bits()
    {
        Assert.True((Control)0x21 == (Control)0x21);
        Assert.True((Control)0x21 != (Control)0x01);
        Assert.Equal((Control)0x21, (Control)0x21);
        Assert.Equal(((Control)0x21).GetHashCode(), ((Control)0x21).GetHashCode());
        Assert.False(((Control)0x21).Equals(0x21u));
    }

    [Fact]
    public void A_copy_with_one_field_changed_is_written_by_with()
    {
        var control = (Control)0x0001_0000;
        Assert.Equal(0x0001_0001u, (uint)(control with { Run = true }));
        Assert.Equal(0x0001_0000u, (uint)control);
    }

    [Fact]
    public void Text_names_the_fields_as_declared() =>
        Assert.Equal("Control { Count = 1, Mode = Test, Level = 0, Run = False }", ((Control)0x0001_0300).ToString());
}
