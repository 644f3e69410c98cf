using Mdev.Sdk.Generators.Tests.Export;
using Mdev.Sdk.Generators.Tests.Harness;
using Mdev.Sdk.Registers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Sdk.Generators.Tests.Behaviour;

/// <summary>The register map of what is no plain register: windows, named and unequal arrays, wide registers, bits that are missing.</summary>
public sealed class UnusualMapTests
{
    private static readonly RegisterMap s_map = RegisterMap.Of<SoundRegisters>();

    [Fact]
    public void A_register_that_is_wider_than_the_bus_says_how_it_stays_whole()
    {
        Assert.Equal((64, Split.Both), (Find("Base").Width, Find("Base").Split));
        Assert.Equal(Split.LatchRead, Find("Count").Split);
        Assert.Equal(Split.None, Find("Plain").Split);
    }

    [Fact]
    public void Bits_that_are_reserved_or_not_implemented_are_listed_with_value_and_reason()
    {
        Assert.Equal(
            [new WatchedBits(0xf000, null), new WatchedBits(0x0f00, 0x0500), new(0x80, null, "No second clock"), new(0x10, null, "No loopback"), new(0x60, null, "No events")],
            Find("Fields").Watched);
        Assert.Equal([new WatchedBits(0xffff_ffff, null, "No timer")], Find("Timer").Watched);
        Assert.Empty(Find("Index").Watched);
    }

    [Fact]
    public void An_array_has_names_and_a_reset_value_for_each_register()
    {
        RegisterInfo tones = Find("Tones[Treble]");
        Assert.Equal(["Bass", "Treble", "int_"], tones.Names.Select(n => n.Name));
        Assert.Equal((0xb0c5ul, 640ul, "Tones[int_]", "Tones[2]"), (tones.Reset, tones.ResetOf(1)!.Value, tones.NameOf(3), tones.NameOf(2)));
        Assert.Equal(([], 0xf0ul), (Find("Pins[0]").Resets, Find("Pins[0]").ResetOf(3)));
        Assert.Same(tones, Find("Tones[2]"));
        Assert.Null(s_map.Find("Tones[Alto]"));
    }

    [Fact]
    public void Another_address_of_an_array_is_an_alias_with_its_own_stride()
    {
        RegisterInfo other = Assert.Single(s_map.Registers, r => r.Offset == 0x60);
        Assert.Equal(("Pins", "Pins", 8u, Access.W1C), (other.Name, other.AliasOf, other.Stride, other.Access));
    }

    [Fact]
    public void What_has_no_address_is_last_and_says_so()
    {
        Assert.Equal(["Palette", "Hidden"], s_map.Registers.SkipWhile(r => r.IsPlaced).Select(r => r.Name));
        Assert.Equal([true, false], s_map.Blocks.Select(b => b.IsPlaced));
    }

    [Fact]
    public void A_data_register_says_which_index_it_goes_by()
    {
        RegisterInfo data = Assert.Single(s_map.Registers, r => r.Offset == 0x29);
        Assert.Equal(new IndexDataInfo("Index", 0x29) { AutoIncrement = true }, data.IndexData);
        Assert.Equal(("Palette[Index]", "Palette", null), (data.ToString(), data.AliasOf, data.Reset));
        Assert.Equal(
            [new IndexDataInfo("Select", 0xb4) { Scale = 4, AutoIncrement = true }, new IndexDataInfo("Select", 0xb8) { Scale = 1, Condition = "unless Open" }],
            s_map.Blocks[1].IndexData);
    }

    [Fact]
    public void Conditions_are_those_of_the_author_also_of_arrays_and_inner_blocks()
    {
        Assert.Equal(("when Page is First", "when Page is 0x1"), (Find("Low[0]").Condition, Find("High[0]").Condition));
        Assert.Equal(("when Open", "when Open"), (s_map.Blocks[0].Condition, s_map.Registers.Single(r => r.Offset == 0x2c).Condition));
    }

    [Fact]
    public void Every_name_that_dispatch_gives_is_found()
    {
        var block = (IRegisterBlock)new SoundRegisters { Index = 3 };
        for (uint offset = 0; offset < block.Info.Size; offset++)
        {
            if (block.NameAt(offset, write: false) is { } name)
                Assert.NotNull(s_map.Find(name));
        }

        Assert.Equal(("Palette[3]", "Hidden[int_]"), (block.NameAt(0x29, write: false), block.NameAt(0x2c, write: false)));
    }

    [Fact]
    public void Constants_go_by_name_and_leave_out_what_has_no_address()
    {
        Assert.Equal((0x22u, 0x26u), (SoundRegisters.Offsets.Tones(Tone.Treble), SoundRegisters.Offsets.Tones(3)));
        Assert.Equal((0x29u, 0xb4u, 0xb8u), (SoundRegisters.Offsets.PaletteData, SoundRegisters.Offsets.VoicesData, SoundRegisters.Offsets.VoicesDataAtB8));
        Assert.Null(typeof(SoundRegisters.Offsets).GetMethod("Palette"));
        Assert.Null(typeof(SoundRegisters.Offsets).GetMethod("Voices"));
    }

    [Fact]
    public void A_dump_names_registers_and_marks_what_is_not_implemented()
    {
        using var card = new SoundCard();
        card.Realize(Guid.Empty, NullLogger.Instance);
        using var text = new StringWriter();
        card.Dump(text);
        string dump = text.ToString();
        Assert.Contains("SoundRegisters.Tones[Treble] = 0x0280", dump, StringComparison.Ordinal);
        Assert.Contains("SoundRegisters.Timer = 0x00000000 (not implemented: No timer)", dump, StringComparison.Ordinal);
        Assert.Contains("    Loopback = false (not implemented: No loopback)", dump, StringComparison.Ordinal);
        Assert.Contains("    Mode = 0x3\n", dump.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public Task Constants_by_name_are_for_whoever_can_see_the_names() => Diagnose.Expect("""
        internal enum Seen : long { Left, Right = -1 }
        [RegisterBlock(0x10)] public sealed partial class Block
        {
            private enum Hidden { Left, Right }
            public enum Shown : byte { }
            [RegisterArray(0, 2)] internal partial RegisterArray<Seen, byte> Ones { get; }
            [RegisterArray(2, 2), Alias(6, Name = "Ones")] private partial RegisterArray<Hidden, byte> Twos { get; }
            [RegisterArray(4, 2)] public partial RegisterArray<Shown, byte> Equals { get; }
            [Register(8)] public partial byte Index { get; set; }
            [Register(12)] public partial byte ColoursData { get; set; }
            [RegisterArray(Count = 2), IndexData(nameof(Index), 9)] public partial RegisterArray<byte> Colours { get; }
        }
        """);

    private static RegisterInfo Find(string name) => Assert.IsType<RegisterInfo>(s_map.Find(name));
}
