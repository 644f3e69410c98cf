using Mdev.Sdk.Bridge.Files;
using System.Text;

namespace Mdev.Sdk.Bridge.Tree;

/// <summary>A vendor's attributes as files; a '/' in a name makes a folder, as an attribute group with a name does.</summary>
internal static class VendorAttributes
{
    public static void AddTo(Folder folder, MdevAttributeSet attributes, CallGuard guard)
    {
        foreach (MdevAttributeInfo info in attributes.Infos)
        {
            string name = info.Name;
            Folder place = folder;
            string[] parts = name.Split('/');
            foreach (string part in parts[..^1])
                place = place.FolderAt(part);

            Func<string>? show = info.IsReadable ? () => guard.Call(() => attributes.Show(name)) : null;
            Func<ReadOnlyMemory<byte>, CancellationToken, Task>? store = info.IsWritable ? Store : null;
            place.Add(parts[^1], new AttributeFile(show, store));

            // One new line is the shell's, not the value's.
            Task Store(ReadOnlyMemory<byte> bytes, CancellationToken interrupted)
            {
                string text = Encoding.UTF8.GetString(bytes.Span);
                guard.Call(() =>
                {
                    attributes.Store(name, text.EndsWith('\n') ? text[..^1] : text);
                    return true;
                });
                return Task.CompletedTask;
            }
        }
    }
}
