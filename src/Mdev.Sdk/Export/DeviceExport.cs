using Mdev.Sdk.Device;

namespace Mdev.Sdk.Export;

/// <summary>Writes a device's register map for those who do not read C#.</summary>
internal static class DeviceExport
{
    public static void Write(VfioDevice device, MdevType type, ExportFormat format, TextWriter writer)
    {
        DeviceSheet sheet = DeviceSheet.Of(device, type);
        writer.NewLine = "\n";
        switch (format)
        {
            case ExportFormat.Markdown:
                new MarkdownWriter(sheet, writer).Write();
                break;
            case ExportFormat.CHeader:
                new CHeaderWriter(sheet, writer).Write();
                break;
            case ExportFormat.Svd:
                new SvdWriter(sheet, writer).Write();
                break;
            default:
                new SystemRdlWriter(sheet, writer).Write();
                break;
        }
    }
}
