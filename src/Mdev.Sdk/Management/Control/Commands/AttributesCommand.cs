using Mdev.Sdk.Management.Control.Messages;

namespace Mdev.Sdk.Management.Control.Commands;

/// <summary><c>attributes</c>: the vendor's attributes with their values.</summary>
internal sealed class AttributesCommand(ControlledParent controlled)
    : AnsweringCommand<AttributesArguments, AttributeList>(ControlVerbs.Attributes)
{
    protected override Task<AttributeList> AnswerAsync(AttributesArguments arguments, CancellationToken cancel)
    {
        MdevAttributeSet set = controlled.AttributesOf(arguments.Uuid, arguments.Type, arguments.Parent);
        IEnumerable<MdevAttributeInfo> wanted = arguments.Names is { } names
            ? names.Select(name => set.Infos.FirstOrDefault(i => i.Name == name)
                ?? throw new MdevException(Errno.ENOENT, $"There is no attribute {name}."))
            : set.Infos;
        return Task.FromResult(new AttributeList([.. wanted.Select(info => Show(set, info))]));
    }

    private static AttributeInfo Show(MdevAttributeSet set, MdevAttributeInfo info)
    {
        var shown = new AttributeInfo(info.Name, info.IsReadable, info.IsWritable);
        if (!info.IsReadable)
            return shown;
        try
        {
            return shown with { Value = set.Show(info.Name) };
        }
        catch (MdevException e)
        {
            // One that cannot be read now hides none of the others.
            return shown with { Error = new ControlError((int)e.Error, e.Error.ToString(), e.Message) };
        }
    }
}
