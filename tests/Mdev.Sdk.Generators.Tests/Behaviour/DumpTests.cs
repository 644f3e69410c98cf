using Mdev.Sdk.Generators.Tests.Export;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Sdk.Generators.Tests.Behaviour;

/// <summary>A dump says what values mean.</summary>
public sealed class DumpTests
{
    [Fact]
    public void Below_a_register_with_fields_are_its_fields()
    {
        using var card = new ExportedCard();
        card.Realize(Guid.Empty, NullLogger.Instance);
        card.Registers.Channels[1].Order = new() { Start = true, Speed = Blocks.Speed.Slow };
        using var text = new StringWriter();
        card.Dump(text);
        Assert.Contains(
            """
            region 0 0x0000 CardRegisters.Page = 0x00
                Stopped (0x0)
            region 0 0x0004 CardRegisters.Order = 0x00005a20
                Start = false
                Speed = Fast (0x2)
                Level = 0x5a
            """,
            text.ToString(),
            StringComparison.Ordinal);
        Assert.Contains(
            """
            region 0 0x0328 CardRegisters.Channels[1].Order = 0x00000011
                Start = true
                Speed = Slow (0x1)
            """,
            text.ToString(),
            StringComparison.Ordinal);
    }
}
