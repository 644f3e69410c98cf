using System.CommandLine;
using Mbochs;
using Mdev.Sdk.Web;

Option<Resolution?> resolution = new("--resolution")
{
    Description = "Connect a monitor of this resolution, 1024x768 for example, whose EDID drivers read; none if not given.",
    HelpName = "WIDTHxHEIGHT",
    CustomParser = result =>
    {
        try
        {
            return Resolution.Parse(result.Tokens[0].Value);
        }
        catch (FormatException e)
        {
            result.AddError(e.Message);
            return null;
        }
    },
};

return MdevProgram.Run(args, "A display that the guest's bochs driver takes, the kernel's mbochs in C#.", [resolution],
    options => new MbochsParent(options.GetValue(resolution)), [new WebScreens()]);
