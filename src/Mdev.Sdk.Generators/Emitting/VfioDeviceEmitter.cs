using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Prints what the attributes of a device that is not PCI say.</summary>
internal static class VfioDeviceEmitter
{
    public static SourceFile Emit(VfioDeviceModel device) => Shell.Write(
        device.Shell, "VfioDevice", null, static _ => { }, writer => WriteMembers(writer, device));

    /// <summary>A property with <c>[Region]</c>, for whatever declares it.</summary>
    public static void WriteRegion(IndentedWriter writer, string declaration, RegionModel region)
    {
        string options = region.Options.Length == 0 ? "" : $" {{ {region.Options} }}";
        writer.Line($"{declaration}.Region({region.Property}, new global::Mdev.Sdk.RegionAttribute({Literal.Number(region.Index)}){options});");
    }

    private static void WriteMembers(IndentedWriter writer, VfioDeviceModel device)
    {
        WriteDeclare(writer, device);
        if (!device.Broken)
            StateEmitter.WriteDevice(writer, device.Shell, device.Saved);
    }

    private static void WriteDeclare(IndentedWriter writer, VfioDeviceModel device)
    {
        if (device.Declared)
            return;
        string declaration = device.DerivesFromPci ? "global::Mdev.Sdk.Pci.PciDeclaration pci" : "global::Mdev.Sdk.Device.VfioDeclaration vfio";
        string signature = $"protected override void Declare({declaration})";
        writer.Line("/// <inheritdoc/>");
        writer.Mark();
        if (device.Broken)
        {
            writer.Line($"{signature} => throw new global::System.NotSupportedException();");
            return;
        }

        writer.Open(signature);
        writer.Line($"vfio.Api({device.Api});");
        foreach (RegionModel region in device.Regions)
            WriteRegion(writer, "vfio", region);
        foreach (IrqModel irq in device.Irqs)
            writer.Line($"vfio.Irq({irq.Property}, new global::Mdev.Sdk.IrqAttribute({Literal.Number(irq.Index)}, {irq.Kind}));");
        writer.Close();
    }
}
