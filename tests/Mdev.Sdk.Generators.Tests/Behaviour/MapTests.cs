using Mdev.Sdk.Generators.Tests.Behaviour.Blocks;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour;

/// <summary>The register map as data says what the declarations say.</summary>
public sealed class MapTests
{
    private static readonly RegisterMap s_map = RegisterMap.Of<CardRegisters>();

    [Fact]
    public void The_map_is_one_object_by_type_and_by_instance()
    {
        Assert.Same(s_map, ((IRegisterBlock)new CardRegisters()).Map);
        Assert.Equal(("CardRegisters", 0x400u), (s_map.Info.Name, s_map.Info.Size));
        Assert.Equal("Everything that a block can have.", s_map.Description);
    }

    [Fact]
    public void Registers_come_by_offset_and_the_two_directions_of_one_name_are_one() => Assert.Equal(
        ["Page", "Order", "Status", "Acknowledge", "Status", "Masked", "Slow", "Fast", "Data", "Count/Level", "Kick", "Table[4]", "Orders[3]"],
        s_map.Registers.Select(r => r.ToString()));

    [Fact]
    public void A_register_has_what_its_attribute_says()
    {
        RegisterInfo masked = Find("Masked");
        Assert.Equal((0x14u, 32, 7ul, ResetOn.Cold, "Open"), (masked.Offset, masked.Width, masked.Reset, masked.ResetOn, masked.WritableWhen));
        Assert.Equal([new AccessBits(Access.RW, 0x00ff_00ff), new AccessBits(Access.R, 0xff00_ff00)], masked.AccessByBits);
        Assert.Equal((0xffff_fffful, 0x00ff_00fful), (masked.BitsWith(Access.R), masked.BitsWith(Access.W)));
        Assert.Equal("when Page is Slow", Find("Slow").Condition);
        Assert.Equal((true, true, null), (Find("Data").CanRead, Find("Data").CanWrite, Find("Data").Reset));
        Assert.Equal((true, false), (Find("Count/Level").CanRead, Find("Count/Level").CanWrite));
    }

    [Fact]
    public void Descriptions_are_the_authors_summaries_as_plain_text()
    {
        Assert.Equal("Selects a bank.", Find("Page").Description);
        Assert.Equal("Says what to do: see Done, <never> 0.", Find("Order").Description);
        Assert.Equal("What has happened.", Find("Status").Description);
        Assert.Equal("What comes.", Find("Data").Description);
        Assert.Equal("The Speed to take.", Field("Order", "Speed").Description);
        Assert.Equal("", Find("Masked").Description);
    }

    [Fact]
    public void An_alias_names_the_register_and_has_its_own_access()
    {
        RegisterInfo acknowledge = Find("Acknowledge");
        Assert.Equal(("Status", Access.W1C, 0x0cu), (acknowledge.AliasOf, acknowledge.Access, acknowledge.Offset));
        Assert.Equal((false, true), (acknowledge.CanRead, acknowledge.CanWrite));
    }

    [Fact]
    public void Fields_have_the_access_and_the_reset_of_their_register()
    {
        Assert.Equal(["Start", "Speed", "Level", "event", "Seen", "Lock", "Few"], Find("Order").Fields.Select(f => f.Name));
        Assert.Equal(Access.RW | Access.SelfClearing, Field("Order", "Start").Access);
        Assert.Equal((5, 4, Access.RW, 2ul), (Field("Order", "Speed").High, Field("Order", "Speed").Low, Field("Order", "Speed").Access, Field("Order", "Speed").Reset));
        Assert.Equal((Access.R, 0x5aul), (Field("Order", "Level").Access, Field("Order", "Level").Reset));
        Assert.Equal(0x5a20ul, Find("Order").Reset);
    }

    [Fact]
    public void The_members_of_flags_are_fields_and_those_of_another_enum_are_values()
    {
        Assert.Equal([("Done", 0x1ul), ("Failed", 0x2ul), ("Level", 0xf0ul)], Find("Status").Fields.Select(f => (f.Name, f.Mask)));
        Assert.Equal("A transfer is done.", Field("Status", "Done").Description);
        Assert.Equal(["Stopped", "Slow", "Fast", "Quick"], Find("Page").Values.Select(v => v.Name));
        Assert.Equal("Not at all.", Find("Page").Values[0].Description);
        Assert.Equal(new NamedValue("Fast", 2), Field("Order", "Speed").Values[2]);
    }

    [Fact]
    public void A_value_is_read_by_names()
    {
        Assert.Equal(
            "Start = true, Speed = Fast (0x2), Level = 0x5a, event = false, Seen = false, Lock = false, Few = All (0x3)", Find("Order").Decode(0x0300_5a21));
        Assert.Equal("Done = true, Failed = false, Level = 0x4", Find("Status").Decode(0x41));
        Assert.Equal("Slow (0x1)", Find("Page").Decode(1));
        Assert.Equal("0x7", Find("Page").Decode(7));
        Assert.Equal("", Find("Masked").Decode(7));
    }

    [Fact]
    public void Arrays_and_inner_blocks_have_count_and_stride()
    {
        RegisterInfo table = Find("Table[3]");
        Assert.Equal((0x100u, 4, 4u, 0x11ul, 0x10cu), (table.Offset, table.Count, table.Stride, table.Reset, table.OffsetOf(3)));
        InnerBlockInfo channels = s_map.Blocks[0];
        Assert.Equal(("Channels", 0x300u, 4, 0x20u, "The channels."), (channels.Name, channels.Offset, channels.Count, channels.Stride, channels.Description));
        Assert.Same(RegisterMap.Of<CardChannel>(), channels.Map);
        Assert.False(s_map.Blocks[1].IsArray);
    }

    [Theory]
    [InlineData("Channels[3].Source", "Source")]
    [InlineData("Spare.Pair[1]", "Pair")]
    [InlineData("Count/Level", "Count/Level")]
    [InlineData("Channels[4].Source", null)]
    [InlineData("Channels.Source", null)]
    [InlineData("Spare[0].Source", null)]
    [InlineData("Table[4]", null)]
    [InlineData("Table[x]", null)]
    [InlineData("Table", null)]
    [InlineData("", null)]
    [InlineData(".", null)]
    public void A_register_is_found_by_the_name_that_logs_give_it(string name, string? found) => Assert.Equal(found, s_map.Find(name)?.Name);

    [Fact]
    public void Every_name_that_dispatch_gives_is_found()
    {
        var block = (IRegisterBlock)new CardRegisters();
        for (uint offset = 0; offset < block.Info.Size; offset++)
        {
            foreach (bool write in new[] { false, true })
            {
                if (block.NameAt(offset, write) is { } name)
                    Assert.NotNull(s_map.Find(name));
            }
        }
    }

    [Fact]
    public void Constants_say_where_registers_and_fields_are()
    {
        Assert.Equal((0x04u, 0x08u, 0x10u), (CardRegisters.Offsets.Order, CardRegisters.Offsets.Status, CardRegisters.Offsets.StatusAt10));
        Assert.Equal((0x10cu, 0x340u, 0x3c0u), (CardRegisters.Offsets.Table(3), CardRegisters.Offsets.Channels(2), CardRegisters.Offsets.Spare));
        Assert.Equal((0x21u, 0x00u), (CardRegisters.Offsets.Count_Level, CardChannel.Offsets.Source));
        Assert.Equal((0x30u, 4, 0x0001_0000u), (Order.Masks.Speed, Order.Shifts.Speed, Order.Masks.@event));
    }

    private static RegisterInfo Find(string name) => Assert.IsType<RegisterInfo>(s_map.Find(name));

    private static RegisterField Field(string register, string field) => Find(register).Fields.Single(f => f.Name == field);
}
