using Mdev.Devices;
using Mdev.Sdk.Device;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Wire.Tests.Conversations;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests.Fuzz;

/// <summary>One of each kind: generated registers and ones by hand, mapped memory, doorbells, INTx, MSI, MSI-X, and ones that are not PCI.</summary>
internal static class FuzzedDevices
{
    /// <summary>What they are called, which is their socket's name too.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Conversation.Names, "test", "memory", "msix", "mailbox", "levels", "asking", "nothing"];

    public static VfioDevice Make(string name) => name switch
    {
        "test" => new TestDevice(),
        "memory" => new MemoryDevice(),
        "msix" => new MsixDevice(),
        "mailbox" => new Mailbox(),
        "levels" => new Levels(),
        "asking" => new AskingDevice(),
        "nothing" => new Nothing(),
        _ => ReplayedDevice.Make(name),
    };

    /// <summary>Three interrupts that follow levels, each with its own way to be unmasked, and one that does not.</summary>
    private sealed class Levels : VfioDevice
    {
        private readonly InterruptLine[] _lines = [new(), new(), new(), new()];

        protected override void Declare(VfioDeclaration vfio)
        {
            vfio.Api(DeviceApi.Platform)
                .Region(new TestBlock(_lines, Memory), new RegionAttribute(0))
                .Region(new LargeBlock(), new RegionAttribute(3))
                .Irq(_lines[3], new IrqAttribute(5));
            for (int i = 0; i < 3; i++)
                vfio.Irq(_lines[i], new IrqAttribute(i, IrqKind.Level));
        }
    }

    /// <summary>Neither a region nor an interrupt.</summary>
    private sealed class Nothing : VfioDevice
    {
        protected override void Declare(VfioDeclaration vfio) => vfio.Api(DeviceApi.Ccw);
    }
}
