using System.Reflection;

namespace Mdev.Guest.Tests;

/// <summary>Where the build has put what the tests run.</summary>
internal static class Paths
{
    public static string DeviceTests { get; } = Metadata("DeviceTests");

    public static string Dice { get; } = Metadata("Dice");

    public static string Devices { get; } = Metadata("Devices");

    public static string Mbochs { get; } = Metadata("Mbochs");

    public static string Mdpy { get; } = Metadata("Mdpy");

    public static string Mtty { get; } = Metadata("Mtty");

    public static string Tool { get; } = Metadata("Tool");

    public static string Lab(string name) => Repository.PathOf("lab/" + name);

    private static string Metadata(string key) =>
        typeof(Paths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
