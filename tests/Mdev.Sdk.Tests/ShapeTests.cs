using System.Text.RegularExpressions;

namespace Mdev.Sdk.Tests;

/// <summary>The map in CONTRIBUTING.md, kept honest: which folder of the runtime may use which.</summary>
public sealed partial class ShapeTests
{
    [Theory]
    [InlineData("Attributes", "Registers Interrupts Device Pci")]
    [InlineData("Bridge/Fuse", "Interop Bridge.Fuse.Messages")]
    [InlineData("Bridge/Fuse/Messages", "")]
    [InlineData("Bridge/Cuse", "Bridge.Fuse Bridge.Fuse.Messages Interop")]
    [InlineData("Bridge/Devices", "Bridge.Cuse Bridge.Files Bridge.Fuse Device Interop Interrupts VfioUser.Messages")]
    [InlineData("Bridge/Files", "Bridge.Fuse Device Pci")]
    [InlineData("Bridge/Tree", "Bridge.Files Bridge.Fuse Device Interop Pci")]
    [InlineData("Bus", "")]
    [InlineData("CharDevices", "")]
    [InlineData("Device", "Registers Interrupts Dma Interop Migration State")]
    [InlineData("Display", "Device")]
    [InlineData("Display/Rfb", "Display.Screens VfioUser")]
    [InlineData("Display/Screens", "Device")]
    [InlineData("Dma", "Interop")]
    [InlineData("Export", "Device Pci Registers")]
    [InlineData("Interop", "")]
    [InlineData("Management", "Interop")]
    [InlineData("Management/Control", "Interop Management.Control.Commands Management.Control.Messages VfioUser")]
    [InlineData("Management/Control/Commands", "Management.Control.Messages")]
    [InlineData("Management/Control/Messages", "")]
    [InlineData("Migration", "")]
    [InlineData("Interrupts", "Interop State")]
    [InlineData("Observation", "Device Dma Export Interrupts Pci Registers")]
    [InlineData("Observation/Control", "Device Management Management.Control Management.Control.Messages")]
    [InlineData("Pci", "Device Registers Interrupts State Pci.Capabilities")]
    [InlineData("Pci/Capabilities", "Device Registers Interrupts State")]
    [InlineData("Registers", "State")]
    [InlineData("State", "")]
    [InlineData("Terminals", "Device Interop")]
    [InlineData("VfioUser", "Device Interop VfioUser.Messages VfioUser.Polling VfioUser.Sessions")]
    [InlineData("VfioUser/Messages", "Device Dma Interrupts Migration")]
    [InlineData("VfioUser/Polling", "")]
    [InlineData("VfioUser/Sessions", "Device Dma Interrupts Interop Migration VfioUser.Messages VfioUser.Polling")]
    public void A_folder_uses_only_what_the_map_allows(string folder, string allowed)
    {
        string[] rooms = allowed.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (string file in Directory.GetFiles(Path.Combine(Source(), folder), "*.cs"))
        {
            foreach (Match use in Using().Matches(File.ReadAllText(file)))
                Assert.True(rooms.Contains(use.Groups[1].Value), $"{file} uses {use.Groups[1].Value}.");
        }
    }

    [Fact]
    public void Only_interop_declares_system_calls()
    {
        foreach (string file in Directory.GetFiles(Source(), "*.cs", SearchOption.AllDirectories))
        {
            if (File.ReadAllText(file).Contains("LibraryImport", StringComparison.Ordinal))
                Assert.Contains("/Interop/", file, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Messages_knows_no_socket()
    {
        foreach (string file in Directory.GetFiles(Path.Combine(Source(), "VfioUser/Messages"), "*.cs"))
            Assert.DoesNotMatch(Socket(), File.ReadAllText(file));
    }

    private static string Source() => Repository.PathOf("src/Mdev.Sdk");

    // The capability twin_socket has a name, and that is all.
    [GeneratedRegex(@"\b(Unix)?Socket\b")]
    private static partial Regex Socket();

    [GeneratedRegex(@"^using Mdev\.Sdk\.([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();
}
