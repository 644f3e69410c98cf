using System.Globalization;
using Mdev.Sdk.Device;

namespace Mdev.Sdk.Hosting;

/// <summary>Writes a line for each register access: <c>BAR0+3 Lcr &lt;- 0x83</c>, or <c>-&gt;</c> for a read.</summary>
internal sealed class RegisterTrace(TextWriter writer) : IRegisterObserver
{
    public void OnAccess(in RegisterAccess access)
    {
        string value = access.Value.ToString("x" + (2 * access.Width), CultureInfo.InvariantCulture);
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"BAR{access.Region}+{access.Offset:x} {access.Register ?? "(unclaimed)",-4} {(access.IsWrite ? "<-" : "->")} 0x{value}"));
    }
}
