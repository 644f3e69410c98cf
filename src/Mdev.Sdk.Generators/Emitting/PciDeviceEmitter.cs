using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Prints what a PCI device's attributes say.</summary>
internal static class PciDeviceEmitter
{
    public static SourceFile Emit(PciDeviceModel device) => Shell.Write(
        device.Shell, "PciDevice", null, static _ => { }, writer => WriteMembers(writer, device));

    private static void WriteMembers(IndentedWriter writer, PciDeviceModel device)
    {
        WriteDeclare(writer, device);
        if (!device.Broken)
            StateEmitter.WriteDevice(writer, device.Shell, device.Saved);
    }

    private static void WriteDeclare(IndentedWriter writer, PciDeviceModel device)
    {
        if (device.Declared)
            return;
        const string Signature = "protected override void Declare(global::Mdev.Sdk.Pci.PciDeclaration pci)";
        writer.Line("/// <inheritdoc/>");
        writer.Mark();
        if (device.Broken)
        {
            writer.Line($"{Signature} => throw new global::System.NotSupportedException();");
            return;
        }

        writer.Open(Signature);
        WriteIdentity(writer, device);
        foreach (ConfigDataModel data in device.Data)
            writer.Line($"pci.ConfigData({Literal.Offset((uint)data.Offset)}, {Bytes(data)});");
        foreach (BarModel bar in device.Bars)
            WriteBar(writer, bar);
        foreach (RegionModel region in device.Regions)
            VfioDeviceEmitter.WriteRegion(writer, "pci", region);
        foreach (CapabilityModel capability in device.Capabilities)
        {
            if (!capability.IsMsix)
                writer.Line($"pci.{capability.Method}({capability.Arguments});");
            else if (device.Msix is { } msix)
                WriteMsixTable(writer, msix);
        }

        foreach (IntXModel intx in device.Pins)
            writer.Line($"pci.IntX({intx.Property}, {Literal.Number(intx.Pin)});");
        foreach (MsiModel msi in device.Vectors)
            writer.Line($"pci.Msi({msi.Property}, {Literal.Number(msi.Vector)}, {(msi.Capability ? "true" : "false")});");
        foreach (MsixLineModel msix in device.Msix?.Lines ?? default)
            writer.Line($"pci.MsiX({msix.Property}, {Literal.Number(msix.Vector)});");
        if (device.Msix is { Attributed: false } own)
            WriteMsixTable(writer, own);
        foreach (CapabilityModel capability in device.PropertyCapabilities)
            writer.Line($"pci.{capability.Method}({capability.Arguments});");
        writer.Close();
    }

    private static void WriteMsixTable(IndentedWriter writer, MsixModel msix)
    {
        string place = $"{Literal.Number(msix.Bar)}, {msix.Kind}, {Literal.Offset(msix.Table)}, {Literal.Offset(msix.Pba)}, {Literal.Number(msix.Vectors)}";
        writer.Line($"pci.MsiXTable({place}{(msix.Offset == 0 ? "" : ", " + Literal.Offset((uint)msix.Offset))});");
    }

    private static void WriteBar(IndentedWriter writer, BarModel bar)
    {
        string bare = $"{Literal.Number(bar.Index)}, {bar.Kind}";
        writer.Line(bar.Options.Length == 0
            ? $"pci.Bar({bare}, {bar.Property});"
            : $"pci.Bar({bar.Property}, new global::Mdev.Sdk.BarAttribute({bare}) {{ {bar.Options} }});");
    }

    private static void WriteIdentity(IndentedWriter writer, PciDeviceModel device)
    {
        string identity = $"new global::Mdev.Sdk.PciDeviceAttribute({Literal.Hex(device.Vendor, 2)}, {Literal.Hex(device.Device, 2)})";
        if (device.Identity.Count == 0)
        {
            writer.Line($"pci.Identity({identity});");
            return;
        }

        writer.Open($"pci.Identity({identity}");
        foreach (string argument in device.Identity)
            writer.Line(argument + ",");
        writer.Close(");");
    }

    /// <summary>Text where it is text: whoever reads this should find it.</summary>
    private static string Bytes(ConfigDataModel data) =>
        data.Text is { } text && text.All(static c => c is >= ' ' and < '\x7f')
            ? Literal.Text(text) + "u8.ToArray()"
            : string.Join(", ", data.Bytes.Select(b => Literal.Hex(b, 1)));
}
