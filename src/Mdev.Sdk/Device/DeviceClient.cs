using System.Globalization;

namespace Mdev.Sdk.Device;

/// <summary>Who uses a device.</summary>
/// <param name="ProcessId">The process that has connected; 0 if that cannot be told.</param>
/// <param name="Since">When it came.</param>
internal sealed record DeviceClient(int ProcessId, DateTimeOffset Since)
{
    /// <summary>Which program it is, as far as it can be told; empty while it has said nothing of itself.</summary>
    public string Program { get; init; } = "";

    /// <summary>For sentences: <c>QEMU, process 123</c>.</summary>
    public override string ToString()
    {
        string process = ProcessId > 0 ? string.Create(CultureInfo.InvariantCulture, $"process {ProcessId}") : "an unknown process";
        return Program.Length == 0 ? process : $"{Program}, {process}";
    }
}
